import { createHmac, generateKeyPairSync, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { GET as getChange } from "../../app/api/v1/changes/[number]/route.ts";
import { GET as getChanges } from "../../app/api/v1/changes/route.ts";
import { GET as getClusters } from "../../app/api/v1/clusters/route.ts";
import { GET as getFleet } from "../../app/api/v1/fleet/route.ts";
import { GET as getShell } from "../../app/api/v1/shell/route.ts";
import { approveChange } from "../usecases/changes/approve-change.ts";
import { createCluster } from "../usecases/clusters/create-cluster.ts";
import { runUseCase } from "./action.ts";
import { readTeams } from "./auth/teams.ts";
import { takeForgeWebhook } from "./forge-webhook.ts";
import type { openLogger } from "./logger.ts";
import { databasePassword, portalWorld, secrets, type PortalWorld } from "./testing/portal-world.ts";

const { lines, session } = vi.hoisted(() => ({ lines: [] as string[], session: { userId: "" } }));
vi.mock("next-auth", () => ({ default: vi.fn(), getServerSession: () => Promise.resolve(session) }));
vi.mock("./logger.ts", async (original) => {
  const real = await original<{ openLogger: typeof openLogger }>();
  const write = (line: string) => lines.push(line);
  return { ...real, openLogger: (level: string) => real.openLogger(level, { write }) };
});

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const kubeToken = "planted.kubernetes.token.0123456789";
const kubeconfig = `users:\n  - name: admin\n    user:\n      token: ${kubeToken}\n      client-key-data: cGxhbnRlZC1jbGllbnQta2V5LTAxMjM0\n`;
const planted = [
  ...Object.values(secrets).filter((value) => value !== secrets.GITHUB_CLIENT_ID),
  databasePassword,
  "ghu_plantedAccess",
  "ghr_plantedRefresh",
  kubeToken,
  "cGxhbnRlZC1jbGllbnQta2V5LTAxMjM0",
  privateKey.split("\n")[1] ?? "",
];
/** As they are, and as a careless line would write them. */
const forms = planted.flatMap((value) => [
  value,
  encodeURIComponent(value),
  Buffer.from(value).toString("base64").replace(/=+$/, "").slice(0, -1),
  JSON.stringify(value).slice(1, -1),
]);
const leaksIn = (text: string): string[] => forms.filter((form) => text.includes(form));

let world: PortalWorld;
let lena: { userId: string; token: string };

beforeAll(async () => {
  world = await portalWorld();
  lena = await world.person("Lena", ["fleet-approvers", "sre-readers"], "planted-cookie-0123456789");
  session.userId = lena.userId;
  const { db } = world.services;
  const { id: repositoryId } = await db.fleetRepository.findFirstOrThrow();
  const side = { headRef: "h", headSha: "a".repeat(40), baseRef: "main", baseSha: "b".repeat(40) };
  const text = {
    title: "Edit payments-1",
    body: "",
    state: "open",
    author: "somebody",
    url: "https://forge/x/pull/7",
  };
  const now = new Date();
  await db.change.create({
    data: {
      repositoryId,
      number: 7,
      ...text,
      ...side,
      openedAt: now,
      updatedAt: now,
      clusters: [],
      teams: ["payments"],
    },
  });
});
afterAll(() => world.close());
beforeEach(() => {
  lines.length = 0;
});

/** A forge, or a proxy before it, that says in its error what it was sent. */
function echo(status: number): void {
  world.answer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const sent = `${String(request.headers.authorization)} ${body}`;
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify({ message: `refused: ${sent}`, error: "bad", error_description: sent }));
    });
  });
}

test("the checker finds what is planted, in each of its forms", () => {
  for (const value of planted) {
    expect(leaksIn(`x${value}y`)).not.toEqual([]);
    expect(leaksIn(Buffer.from(value).toString("base64"))).not.toEqual([]);
  }
});

test.each([401, 403, 422, 500])(
  "use cases against a forge that answers %d with what it was sent give nothing away, in answers or logs",
  async (status) => {
    echo(status);
    const answers = [
      await runUseCase(approveChange, { number: 7, headSha: "a".repeat(40) }),
      await runUseCase(createCluster, { template: "dev", parameters: {}, idempotencyKey: randomUUID() }),
      await runUseCase(approveChange, { number: secrets.FORGE_TOKEN }),
    ];
    for (const answer of answers) expect(answer.ok).toBe(false);
    expect(leaksIn(JSON.stringify(answers))).toEqual([]);
    expect(leaksIn(lines.join(""))).toEqual([]);
  },
);

test("a refused refresh of tokens gives away neither the token nor the client's secret", async () => {
  echo(200);
  const { db } = world.services;
  await db.account.update({ where: { userId: lena.userId }, data: { expiresAt: new Date(0) } });
  try {
    const answer = await runUseCase(approveChange, { number: 7, headSha: "a".repeat(40) });
    expect(answer).toMatchObject({ ok: false, code: "unauthenticated" });
    await readTeams(lena.userId).catch((error: unknown) => {
      world.services.log.warn({ err: error }, "as the portal logs it");
    });
    expect(leaksIn(JSON.stringify(answer))).toEqual([]);
    expect(leaksIn(lines.join(""))).toEqual([]);
  } finally {
    await db.account.update({ where: { userId: lena.userId }, data: { expiresAt: null } });
  }
});

test("what errors carry is cut out of the log: kubeconfigs, keys, addresses with passwords", () => {
  const { log, env } = world.services;
  log.error({ err: new Error(`cannot read ${kubeconfig}`), kubeconfig }, kubeconfig);
  log.error(
    { err: new Error(`connect ${env.DATABASE_URL}`, { cause: new Error(privateKey) }), env },
    privateKey,
  );
  log.warn({
    headers: { authorization: `token ${secrets.FORGE_TOKEN}` },
    secret: secrets.FLEETWRIGHT_SECRET,
  });
  expect(lines.length).toBe(3);
  expect(leaksIn(lines.join(""))).toEqual([]);
});

test("answers of the API and the stream of events hold none", async () => {
  const stream = await world.listen(lena.token);
  const ask = (path: string) => new Request(`http://127.0.0.1:1${path}`);
  const responses = [
    await getShell(),
    await getFleet(),
    await getChanges(ask("/api/v1/changes")),
    await getClusters(ask("/api/v1/clusters")),
    await getChange(ask("/api/v1/changes/7"), { params: Promise.resolve({ number: "7" }) }),
  ];
  for (const response of responses) {
    expect(response.status).toBe(200);
    expect(leaksIn((await response.text()) + JSON.stringify([...response.headers]))).toEqual([]);
  }
  await world.services.db.$executeRaw`SELECT pg_notify('fleetwright', '{"topic":"change","id":"x"}')`;
  await world.services.db.$executeRaw`SELECT pg_notify('fleetwright', '{"topic":"repository","id":"y"}')`;
  await expect.poll(() => stream.heard()).toContain('"y"');
  expect(leaksIn(stream.heard())).toEqual([]);
});

test("a database that fails is answered and logged without its address", async () => {
  const { db } = world.services;
  const real = db.change;
  Object.defineProperty(db, "change", {
    configurable: true,
    get: () => {
      throw new Error(`cannot reach ${world.services.env.DATABASE_URL}`);
    },
  });
  try {
    const response = await getChange(new Request("http://127.0.0.1:1/"), {
      params: Promise.resolve({ number: "7" }),
    });
    expect(response.status).toBe(503);
    expect(leaksIn(await response.text())).toEqual([]);
    expect(lines.join("")).toContain("cannot reach");
    expect(leaksIn(lines.join(""))).toEqual([]);
  } finally {
    Object.defineProperty(db, "change", { configurable: true, value: real });
  }
});

test("a webhook's secret and signature are neither answered nor stored in the clear", async () => {
  const body = JSON.stringify({ action: "opened" });
  const signature = createHmac("sha256", secrets.GITHUB_WEBHOOK_SECRET).update(body).digest("hex");
  const post = (sent: string) =>
    takeForgeWebhook(
      new Request("http://127.0.0.1:1/", {
        method: "POST",
        body,
        headers: {
          "content-type": "application/json",
          "x-github-event": "pull_request",
          "x-github-delivery": randomUUID(),
          "x-hub-signature-256": `sha256=${sent}`,
        },
      }),
    );
  for (const response of [await post(signature), await post(secrets.GITHUB_WEBHOOK_SECRET)]) {
    expect(leaksIn(await response.text())).toEqual([]);
  }
  expect(leaksIn(lines.join(""))).toEqual([]);
});

test("no row of any table holds one, nor a session's cookie; tokens are sealed", async () => {
  const { db, seal } = world.services;
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`;
  expect(tables.map(({ name }) => name)).toContain('public."Account"');
  for (const { name } of tables) {
    const rows = await db.$queryRawUnsafe<{ row: string }[]>(
      `SELECT row_to_json(t)::text AS row FROM ${name} t`,
    );
    const text = rows.map(({ row }) => row).join("\n");
    expect(leaksIn(text), name).toEqual([]);
    expect(text, name).not.toContain(lena.token);
  }
  const account = await db.account.findUniqueOrThrow({ where: { userId: lena.userId } });
  expect(seal.open(account.accessToken)).toContain("ghu_plantedAccess");
});
