import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  startChangeStack,
  tokenOf,
  type ChangeStack,
  type PersonName,
} from "../../changes/testing/change-stack.ts";
import { findChangeRecord } from "../../db/changes.ts";
import { syncChangesOnce } from "../../engine/changes/sync-changes-once.ts";
import { ForgeError, type Forge, type PullRequest } from "../../forge/forge.ts";
import { githubAsPerson } from "../../forge/github/github-as-person.ts";
import { findChange } from "../../queries/find-change.ts";
import { getActivity } from "../../queries/activity.ts";
import { getInFlight } from "../../queries/in-flight.ts";
import { listChanges } from "../../queries/list-changes.ts";
import { getNewClusterForm } from "../../queries/new-cluster-form.ts";
import { getWaitingForMe } from "../../queries/waiting-for-me.ts";
import { createCluster } from "../clusters/create-cluster.ts";
import { approveAndMerge } from "./approve-and-merge.ts";
import { approveChange } from "./approve-change.ts";
import { closeChange } from "./close-change.ts";
import { mergeChange } from "./merge-change.ts";
import { requestChanges } from "./request-changes.ts";

let stack: ChangeStack;
const sync = () => syncChangesOnce(stack.world);

beforeAll(async () => {
  stack = await startChangeStack();
  await sync();
});

afterAll(() => stack.close());

/** A pull request made by hand, from the default branch's present head. */
async function byHand(
  name: PersonName,
  branch: string,
  files: Record<string, string | null>,
  from?: string,
): Promise<PullRequest> {
  const forge = stack.ctx(name).asPerson;
  const parent = await forge.findCommit(from ?? (await forge.findBranch("main")) ?? "");
  if (!parent) throw new Error("no base");
  const commit = await forge.createCommit({ parent, files, message: `Change ${branch}` });
  await forge.createBranch(branch, commit.sha);
  return forge.createPullRequest({ title: `Change ${branch}`, body: "By hand.", head: branch, base: "main" });
}

/** A cluster asked for by a platform engineer, without expiry, so that no quota matters. */
async function asked(
  name: string,
  more: Record<string, unknown> = {},
): Promise<{ number: number; headSha: string }> {
  const parameters = {
    name,
    team: "payments",
    purpose: "For the tests",
    environment: "development",
    region: "westeurope",
    kubernetesVersion: "v1.34.5",
    ...more,
  };
  const created = await createCluster(stack.ctx("pat"), {
    template: "dev",
    idempotencyKey: randomUUID(),
    parameters,
  });
  if (!created.ok) throw new Error(JSON.stringify(created));
  const pull = await stack.world.asApp.findPullRequest(created.value.number);
  return { number: created.value.number, headSha: pull?.headSha ?? "" };
}

const read = (name: PersonName) => ({ db: stack.db, actor: stack.actor(name), now: new Date() });

describe("decisions", () => {
  it("merges two pull requests that began at one base, and both survive", async () => {
    const one = await asked("twin-1");
    const two = await asked("twin-2");
    expect(await approveAndMerge(stack.ctx("nadia"), one)).toMatchObject({ ok: true });
    expect(await approveAndMerge(stack.ctx("nadia"), two)).toMatchObject({ ok: true });
    const { head } = await stack.world.mirror.fetch();
    const names = (await stack.world.mirror.listTree(head ?? "", "clusters")).map(({ path }) => path);
    expect(names).toEqual(
      expect.arrayContaining(["clusters/twin-1/cluster.yaml", "clusters/twin-2/cluster.yaml"]),
    );
    expect(await findChangeRecord(stack.db, stack.world.repository.id, two.number)).toMatchObject({
      state: "merged",
      kind: "create",
      teams: ["payments"],
    });
  });

  it("refuses one's own approval in words, by our rule and by the forge's", async () => {
    const pull = await byHand("nadia", "own-change", { "README.md": "# Fleet\n" });
    await sync();
    const ours = await approveChange(stack.ctx("nadia"), pull);
    expect(ours).toMatchObject({
      ok: false,
      code: "forbidden",
      message: expect.stringMatching(/somebody else must approve/) as string,
    });
    const other = { ...stack.ctx("omar"), asPerson: stack.ctx("nadia").asPerson };
    expect(await approveChange(other, pull)).toMatchObject({
      ok: false,
      code: "forbidden",
      message: expect.stringMatching(/somebody else's review/) as string,
    });
  });

  it("lets a requester neither approve nor merge, and a stranger's change not be found", async () => {
    const { number, headSha } = await asked("not-yours");
    const [lena, sam] = [stack.ctx("lena"), stack.ctx("sam")];
    expect(await mergeChange(lena, { number, headSha })).toMatchObject({ ok: false, code: "forbidden" });
    expect(await approveChange(sam, { number, headSha })).toMatchObject({ ok: false, code: "not-found" });
    expect(await findChange(read("sam"), number)).toBeNull();
    expect((await findChange(read("lena"), number))?.actions.filter(({ allowed }) => allowed)).toEqual([]);
    expect((await listChanges(read("sam"), { state: "all", text: "", page: 1, pageSize: 50 })).rows).toEqual(
      [],
    );
  });

  it("waits for two approvals where production asks for two", async () => {
    const { number, headSha } = await asked("prod-1", { environment: "development" });
    await sync();
    // The dev template is for development; production's rule is seen on a shared file that reaches every environment.
    const shared = await byHand("pat", "shared", {
      "apps/base/web.yaml": "kind: ConfigMap\napiVersion: v1\nmetadata: {name: a}\n",
    });
    await sync();
    const first = await approveAndMerge(stack.ctx("nadia"), shared);
    expect(first).toMatchObject({
      ok: false,
      code: "conflict",
      message: expect.stringMatching(/You approved it, but it is not merged.*1 approver more of 2/) as string,
    });
    const detail = await findChange(read("omar"), shared.number);
    expect(detail?.approvals).toMatchObject({ needed: 2, given: [{ login: "nadia", stale: false }] });
    expect((await getWaitingForMe(read("nadia"))).map((one) => one.number)).not.toContain(shared.number);
    expect((await getWaitingForMe(read("omar"))).map((one) => one.number)).toContain(shared.number);
    expect(await approveAndMerge(stack.ctx("omar"), shared)).toMatchObject({ ok: true });
    expect(await approveAndMerge(stack.ctx("omar"), { number, headSha })).toMatchObject({ ok: true });
  });

  it("says that a change conflicts, and merges nothing", async () => {
    const base = (await stack.world.asApp.findBranch("main")) ?? "";
    const one = await byHand("pat", "left", { "notes.md": "left\n" }, base);
    const two = await byHand("pat", "right", { "notes.md": "right\n" }, base);
    await sync();
    expect(await approveAndMerge(stack.ctx("nadia"), one)).toMatchObject({ ok: true });
    await sync();
    expect((await findChange(read("nadia"), two.number))?.mark.word).toBe("Conflict");
    const refused = await approveAndMerge(stack.ctx("nadia"), two);
    expect(refused).toMatchObject({
      ok: false,
      code: "conflict",
      message: expect.stringMatching(/conflicts with the default branch/) as string,
    });
  });

  it("stops when the head moved, the change was closed, or changes are asked for", async () => {
    const { number, headSha } = await asked("moving");
    await sync();
    expect(await mergeChange(stack.ctx("nadia"), { number, headSha: "0".repeat(40) })).toMatchObject({
      ok: false,
      code: "conflict",
      message: expect.stringMatching(/pushed to/) as string,
    });
    expect(await requestChanges(stack.ctx("nadia"), { number, headSha })).toMatchObject({
      ok: false,
      fieldErrors: { comment: "Say what should change." },
    });
    expect(
      await requestChanges(stack.ctx("nadia"), { number, headSha, comment: "Smaller, please" }),
    ).toMatchObject({ ok: true });
    expect((await findChange(read("lena"), number))?.mark.word).toBe("Changes asked for");
    expect(await closeChange(stack.ctx("nadia"), { number, headSha, comment: "Not needed" })).toMatchObject({
      ok: true,
    });
    expect(await approveChange(stack.ctx("omar"), { number, headSha })).toMatchObject({
      ok: false,
      code: "conflict",
      message: expect.stringMatching(/is closed/) as string,
    });
    const audit = await stack.db.auditEvent.findMany({ where: { change: number, action: "change.close" } });
    expect(audit.map(({ actor }) => actor)).toEqual(["nadia"]);
  });

  it("reads 401, 403, 422 and unreachable forges as sentences with a code", async () => {
    const target = await asked("trouble");
    await sync();
    const expired = githubAsPerson({ apiUrl: stack.forge.api, fullName: "acme/fleet", token: "ghp_expired" });
    expect(await approveChange({ ...stack.ctx("nadia"), asPerson: expired }, target)).toMatchObject({
      ok: false,
      code: "unauthenticated",
      message: expect.stringMatching(/Sign in again/) as string,
    });
    const gone = githubAsPerson({
      apiUrl: "http://127.0.0.1:1",
      fullName: "acme/fleet",
      token: tokenOf("nadia"),
    });
    expect(await approveChange({ ...stack.ctx("nadia"), asPerson: gone }, target)).toMatchObject({
      ok: false,
      code: "unavailable",
    });
    const refusing = (status: number, code: "forbidden" | "invalid", detail: string): Forge => ({
      ...stack.ctx("nadia").asPerson,
      review: () =>
        Promise.reject(
          new ForgeError(code, `The forge refuses this: ${detail}.`, {
            status,
            details: ["Unprocessable Entity", detail],
          }),
        ),
    });
    const saml = refusing(403, "forbidden", "Resource protected by organization SAML enforcement");
    expect(await approveChange({ ...stack.ctx("nadia"), asPerson: saml }, target)).toMatchObject({
      ok: false,
      code: "forbidden",
      message: expect.stringMatching(/SAML/) as string,
    });
    const pending = refusing(422, "invalid", "User can only have one pending review per pull request");
    expect(await approveChange({ ...stack.ctx("nadia"), asPerson: pending }, target)).toMatchObject({
      ok: false,
      code: "invalid",
      message: expect.stringMatching(/one pending review/) as string,
    });
  });

  it("tells a person without push that the branch protection stops him", async () => {
    const target = await asked("restricted");
    await sync();
    expect(await approveChange(stack.ctx("nadia"), target)).toMatchObject({ ok: true });
    const pushless = { ...stack.ctx("omar"), asPerson: stack.ctx("pat").asPerson };
    expect(await mergeChange(pushless, target)).toMatchObject({
      ok: false,
      code: "forbidden",
      message: expect.stringMatching(/restricted to approvers/) as string,
    });
  });
});

describe("queries", () => {
  it("show a change whole: lead, badges, notes, parameters, checks with parts", async () => {
    const { number } = await asked("shown", {
      expiresAt: new Date(Date.now() + 3 * 86_400_000).toISOString(),
    });
    await sync();
    const detail = await findChange(read("nadia"), number);
    expect(detail).toMatchObject({
      kind: "create",
      why: "For the tests",
      mark: { word: "Waits for approval" },
      clusters: ["shown"],
    });
    expect(detail?.lead.map(({ text }) => text).join("")).toMatch(
      /^pat asks for an ephemeral dev cluster in westeurope for payments until /,
    );
    expect(detail?.files.map(({ note }) => note)).toContain("new cluster, 1 pool");
    expect(detail?.parameters.map(({ label }) => label)).toContain("Kubernetes");
    expect(detail?.checks.map(({ name, required }) => [name, required])).toEqual([
      ["fleetwright/approval", true],
      ["fleetwright/build", true],
      ["fleetwright/policy", true],
      ["fleetwright/protect", true],
    ]);
    expect(detail?.checks.find(({ name }) => name === "fleetwright/policy")?.parts.length).toBeGreaterThan(1);
    expect(detail?.actions.find(({ action }) => action === "approve-and-merge")?.allowed).toBe(true);
    expect(detail?.actions.find(({ action }) => action === "merge")).toMatchObject({
      allowed: false,
      reason: "It waits for 1 approver.",
    });
    expect((await getInFlight(read("nadia"))).map((one) => one.number)).toContain(number);
    expect((await getActivity(read("nadia")))[0]?.text.map(({ text }) => text).join("")).toBe(
      `pat asked for #${String(number)} Create shown`,
    );
  });

  it("make the form from the repository, per person", async () => {
    const form = await getNewClusterForm(read("lena"));
    expect(form).toMatchObject({ unavailable: null, teams: [{ name: "payments", limit: 2, maxDays: 30 }] });
    expect(form.templates.map(({ name }) => name)).toEqual(["aks-standard", "dev"]);
    expect((await getNewClusterForm(read("vera"))).unavailable).toMatch(/role requester/);
  });
});
