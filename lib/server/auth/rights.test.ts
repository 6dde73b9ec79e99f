import { createHmac, randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { verifyAudit } from "../../db/audit-verify.ts";
import { sendNotification } from "../../db/send-notification.ts";
import { listen } from "../../db/notify.ts";
import { findActor } from "../actor.ts";
import type { Role } from "../../domain/access/actor.ts";
import { actorOf } from "../../domain/access/testing/matrix.ts";
import { endSessions } from "../../usecases/settings/end-sessions.ts";
import { rightsAge } from "../../domain/access/rights-age.ts";
import { takeForgeWebhook } from "../forge-webhook.ts";
import { lookTopic } from "../look-topic.ts";
import { readPeople } from "../people.ts";
import { portalWorld, secrets, type PortalWorld } from "../testing/portal-world.ts";
import { endAllSessions } from "../../db/end-all-sessions.ts";
import { readTeams } from "./teams.ts";

let world: PortalWorld;
/** Teams the forge names when asked as a person. */
let teams: string[] = [];

beforeAll(async () => {
  world = await portalWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.answer((request, response) => {
    if (!request.url?.startsWith("/user/teams")) response.writeHead(404).end("{}");
    else
      json(
        response,
        200,
        teams.map((slug) => ({ slug, organization: { login: "acme" } })),
      );
  });
});

function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

async function deliver(
  event: string,
  payload: unknown,
  secret = secrets.GITHUB_WEBHOOK_SECRET,
): Promise<number> {
  const body = JSON.stringify(payload);
  const headers = {
    "content-type": "application/json",
    "x-github-event": event,
    "x-github-delivery": randomUUID(),
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  };
  const request = new Request("http://127.0.0.1:1/api/webhooks/forge", { method: "POST", headers, body });
  return (await takeForgeWebhook(request)).status;
}

const rolesOf = async (userId: string) => (await findActor(userId))?.roles;

test("a membership taken away is felt at once: rights are read again and the open stream ends", async () => {
  const lena = await world.person("lena.k", ["sre-readers"], "lena-cookie");
  const vera = await world.person("vera.s", ["sre-readers"], "vera-cookie");
  const [hers, others] = [await world.listen(lena.token), await world.listen(vera.token)];
  teams = [];
  expect(await deliver("membership", { action: "removed", member: { login: "Lena.K" } })).toBe(202);
  await hers.ended;
  expect(await rolesOf(lena.userId)).toEqual([]);
  // Nobody else was asked for.
  expect(await rolesOf(vera.userId)).toEqual(["viewer"]);
  expect(others.heard()).not.toContain("resync");
});

test("a team renamed or removed makes everybody's rights be read again; a stream with other rights starts over", async () => {
  const nadia = await world.person("nadia.r", ["sre-readers"], "nadia-cookie");
  const stream = await world.listen(nadia.token);
  teams = ["fleet-approvers"];
  expect(await deliver("team", { action: "edited", team: {} })).toBe(202);
  await expect.poll(() => stream.heard()).toContain("resync");
  expect(await rolesOf(nadia.userId)).toEqual(["approver"]);
});

test("a forged delivery moves nobody's rights", async () => {
  const eve = await world.person("eve.x", ["sre-readers"], "eve-cookie");
  teams = ["fleet-approvers"];
  expect(await deliver("membership", { member: { login: "eve.x" } }, "another secret")).toBe(401);
  const { forgeTeams } = await world.services.db.user.findUniqueOrThrow({ where: { id: eve.userId } });
  expect(forgeTeams).toEqual(["sre-readers"]);
});

test("who takes his authorisation back at the forge is signed out everywhere", async () => {
  const omar = await world.person("omar.h", ["sre-readers"], "omar-cookie");
  const stream = await world.listen(omar.token);
  expect(await deliver("github_app_authorization", { action: "revoked", sender: { login: "omar.h" } })).toBe(
    202,
  );
  await stream.ended;
  await expect(world.listen(omar.token)).rejects.toThrow("nobody is signed in");
});

test("signing out everywhere ends every session and stream of the person, nobody else's, and is written down", async () => {
  const { db } = world.services;
  const ida = await world.person("ida.w", ["sre-readers"], "ida-one");
  const expires = new Date(Date.now() + 3_600_000);
  const { hashToken } = await import("../seal.ts");
  await db.session.create({ data: { sessionToken: hashToken("ida-two"), userId: ida.userId, expires } });
  const other = await world.person("tom.b", ["sre-readers"], "tom-cookie");
  const streams = [await world.listen("ida-one"), await world.listen("ida-two")];
  const stays = await world.listen(other.token);
  expect(
    await endAllSessions({ db, now: new Date(), by: "ida.w" }, { userId: ida.userId, login: "ida.w" }),
  ).toBe(2);
  await Promise.all(streams.map(({ ended }) => ended));
  for (const token of ["ida-one", "ida-two"]) await expect(world.listen(token)).rejects.toThrow();
  expect(stays.heard()).not.toContain("resync");
  await expect(world.listen(other.token)).resolves.toBeDefined();
  const rows = await db.auditEvent.findMany({ where: { action: "session.revoke" } });
  expect(rows).toMatchObject([{ actor: "ida.w", detail: { sessions: 2 } }]);
  expect(await verifyAudit(db)).toMatchObject({ breaks: [] });
});

test("a platform engineer signs somebody out everywhere: sessions and streams end, nobody else's, with his name in the trail", async () => {
  const { db } = world.services;
  const max = await world.person("max.t", ["sre-readers"], "max-cookie");
  const other = await world.person("eva.t", ["sre-readers"], "eva-cookie");
  const stream = await world.listen(max.token);
  const stays = await world.listen(other.token);
  const ask = (role: Role) =>
    endSessions(
      { db, now: new Date(), actor: { ...actorOf(role), login: "omar.h" } },
      { userId: max.userId },
    );
  for (const role of ["viewer", "requester", "approver"] as const) {
    expect(await ask(role)).toMatchObject({ ok: false, code: "forbidden" });
  }
  await expect(world.listen(max.token)).resolves.toBeDefined();
  expect(await ask("platform-engineer")).toEqual({ ok: true, value: { login: "max.t", sessions: 1 } });
  await stream.ended;
  await expect(world.listen(max.token)).rejects.toThrow("nobody is signed in");
  await expect(world.listen(other.token)).resolves.toBeDefined();
  expect(stays.heard()).not.toContain("resync");
  expect(await ask("platform-engineer")).toMatchObject({ ok: false, code: "conflict" });
  const rows = await db.auditEvent.findMany({ where: { target: "all sessions of max.t" } });
  expect(rows).toMatchObject([{ actor: "omar.h", action: "session.revoke", detail: { sessions: 1 } }]);
});

test("who is signed in is listed with today's roles, for platform engineers only", async () => {
  const { db } = world.services;
  const liv = await world.person("liv.a", ["fleet-approvers"], "liv-cookie");
  const as = (role: Role) => readPeople({ db, now: new Date(), actor: actorOf(role) });
  const found = (await as("platform-engineer"))?.people.find(({ id }) => id === liv.userId);
  expect(found).toMatchObject({ login: "liv.a", roles: ["approver"], sessions: 1, you: false });
  for (const role of ["viewer", "requester", "approver"] as const) expect(await as(role)).toBeNull();
});

test("where SAML lapsed the person is given the link, keeps his rights a while, and the notice goes when it is cured", async () => {
  const sam = await world.person("sam.o", ["sre-readers"], "sam-cookie");
  const stream = await world.listen(sam.token);
  const sso = "https://forge.example/orgs/acme/sso?authorization_request=x";
  world.answer((_request, response) => {
    json(
      response,
      403,
      { message: "Resource protected by organization SAML enforcement." },
      {
        "x-github-sso": `required; url=${sso}`,
      },
    );
  });
  await expect(readTeams(sam.userId)).rejects.toThrow("single sign-on");
  expect(await findActor(sam.userId)).toMatchObject({ roles: ["viewer"], notice: { cure: { url: sso } } });
  await expect.poll(() => stream.heard()).toContain("resync");

  const longAgo = new Date(Date.now() - 20 * 60_000);
  await world.services.db.user.update({ where: { id: sam.userId }, data: { teamsReadAt: longAgo } });
  expect(await rolesOf(sam.userId)).toEqual([]);

  teams = ["sre-readers"];
  world.answer((_request, response) => {
    json(response, 200, [{ slug: "sre-readers", organization: { login: "acme" } }]);
  });
  await readTeams(sam.userId);
  expect(await findActor(sam.userId)).toMatchObject({ roles: ["viewer"], notice: null });
});

test("a forge in trouble takes nobody's rights, however long", async () => {
  const kim = await world.person("kim.p", ["sre-readers"], "kim-cookie");
  world.answer((_request, response) => {
    json(response, 502, {});
  });
  const longAgo = new Date(Date.now() - 20 * 60_000);
  await world.services.db.user.update({ where: { id: kim.userId }, data: { teamsReadAt: longAgo } });
  await readTeams(kim.userId).catch(() => undefined);
  expect(await findActor(kim.userId)).toMatchObject({ roles: ["viewer"], notice: null });
});

test("the forge's newest trouble is told with its time and ends with the next answer, which wakes the engine", async () => {
  const ned = await world.person("ned.f", ["sre-readers"], "ned-cookie");
  const { env, db } = world.services;
  const looks: string[] = [];
  const listener = listen({
    url: env.DATABASE_URL,
    onMessage: ({ topic }) => looks.push(topic),
    onResync: () => undefined,
  });
  const heard = async (): Promise<string[]> => {
    await sendNotification(db, { topic: "anybody there?", id: "" });
    return looks;
  };
  await expect.poll(heard).not.toEqual([]);
  const before = Date.now();
  for (const status of [503, 500]) {
    world.answer((_request, response) => {
      json(response, status, {});
    });
    await readTeams(ned.userId).catch(() => undefined);
    const trouble = (await findActor(ned.userId))?.trouble;
    expect(trouble?.sentence).toContain(String(status));
    expect(trouble?.at.getTime()).toBeGreaterThanOrEqual(before);
  }
  expect(looks).not.toContain(lookTopic);
  world.answer((_request, response) => {
    json(response, 200, [{ slug: "sre-readers", organization: { login: "acme" } }]);
  });
  await readTeams(ned.userId);
  expect(await findActor(ned.userId)).toMatchObject({ roles: ["viewer"], trouble: null, notice: null });
  await expect.poll(() => looks).toContain(lookTopic);
  await listener.close();
});

test("while the engine cannot poll the forge, a person's answer of half a minute ago is asked for anew", async () => {
  const pia = await world.person("pia.d", ["sre-readers"], "pia-cookie");
  const { db } = world.services;
  const teamsReadAt = new Date(Date.now() - 30_000);
  await db.user.update({ where: { id: pia.userId }, data: { teamsReadAt } });
  await db.fleetRepository.updateMany({ data: { pollError: "The forge is in trouble (503)." } });
  world.answer((_request, response) => {
    json(response, 503, {});
  });
  await expect.poll(async () => (await findActor(pia.userId))?.trouble?.sentence).toContain("503");
  await db.fleetRepository.updateMany({ data: { pollError: null } });
});

test("an answer of 40 s ago is asked for anew, one of 30 s is not", async () => {
  const { db } = world.services;
  for (const [login, age, roles] of [
    ["old.a", rightsAge.maxAgeMs + 1, ["approver"]],
    ["new.a", rightsAge.maxAgeMs - 10_000, ["viewer"]],
  ] as const) {
    const { userId } = await world.person(login, ["sre-readers"], `${login}-cookie`);
    teams = ["fleet-approvers"];
    const teamsReadAt = new Date(Date.now() - age);
    await db.user.update({ where: { id: userId }, data: { teamsReadAt } });
    await expect.poll(() => rolesOf(userId)).toEqual(roles);
  }
});
