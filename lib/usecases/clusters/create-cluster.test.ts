import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { startChangeStack, type ChangeStack } from "../../changes/testing/change-stack.ts";
import { parseBody } from "../../domain/change/body.ts";
import { syncChangesOnce } from "../../engine/changes/sync-changes-once.ts";
import { ForgeError, type Forge } from "../../forge/forge.ts";
import { createCluster } from "./create-cluster.ts";
import { previewCluster } from "./preview-cluster.ts";

let stack: ChangeStack;

beforeAll(async () => {
  stack = await startChangeStack();
  await syncChangesOnce(stack.world, { force: true });
});

afterAll(() => stack.close());

const request = (name: string, more: Record<string, unknown> = {}) => ({
  template: "dev",
  idempotencyKey: randomUUID(),
  parameters: {
    name,
    team: "search",
    purpose: "Try the new index",
    environment: "development",
    region: "westeurope",
    kubernetesVersion: "v1.34.5",
    ...more,
  },
});
const platform = () => stack.ctx("pat");

async function pullsOf(name: string) {
  const found = [];
  for await (const page of stack.world.asApp.pullRequests()) found.push(...page);
  return found.filter(({ title }) => title === `Create ${name}`);
}

/** A forge whose n-th write is done and then not answered, as when the process is killed right after it. */
function killedAfter(forge: Forge, write: number): Forge {
  const writes = ["createCommit", "createBranch", "createPullRequest"];
  let count = 0;
  return new Proxy(forge, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== "function" || !writes.includes(String(name))) return value;
      return async (...args: unknown[]) => {
        const result: unknown = await (value as (...given: unknown[]) => Promise<unknown>).apply(
          target,
          args,
        );
        count += 1;
        if (count === write) throw new ForgeError("unavailable", "killed", { status: 0 });
        return result;
      };
    },
  });
}

describe("createCluster", () => {
  it("opens one pull request for a submission sent twice at once and once more later", async () => {
    const input = request("one-pr");
    const results = await Promise.all([createCluster(platform(), input), createCluster(platform(), input)]);
    results.push(await createCluster(platform(), input));
    const numbers = results.map((result) => (result.ok ? result.value.number : result.message));
    expect(new Set(numbers).size).toBe(1);
    expect(await pullsOf("one-pr")).toHaveLength(1);
  });

  it.each([1, 2, 3])(
    "ends with one pull request when killed after write %i and sent again",
    async (write) => {
      const name = `killed-${String(write)}`;
      const input = request(name);
      const ctx = platform();
      const first = await createCluster({ ...ctx, asPerson: killedAfter(ctx.asPerson, write) }, input);
      expect(first).toMatchObject({ ok: false, code: "unavailable" });
      const second = await createCluster(ctx, input);
      expect(second).toMatchObject({ ok: true });
      const [pull, ...more] = await pullsOf(name);
      expect(more).toEqual([]);
      expect(await stack.world.asApp.commits(pull?.number ?? 0)).toHaveLength(1);
      const branches = await stack.db.intent.findMany({ where: { cluster: name } });
      expect(branches.map(({ state }) => state)).toEqual(["opened"]);
    },
  );

  it("is finished by the engine, as the App, when nobody sends it again", async () => {
    const ctx = platform();
    await createCluster({ ...ctx, asPerson: killedAfter(ctx.asPerson, 2) }, request("left-behind"));
    await syncChangesOnce(stack.world);
    expect(await pullsOf("left-behind")).toEqual([]);
    const later = { ...stack.world, now: () => new Date(Date.now() + 120_000) };
    await syncChangesOnce(later);
    await syncChangesOnce(later);
    expect((await pullsOf("left-behind")).map(({ author }) => author)).toEqual(["fleetwright[bot]"]);
  });

  it("opens it as the person where he may push, else as the App in his name", async () => {
    expect((await pullsOf("one-pr"))[0]?.author).toBe("pat");
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const created = await createCluster(stack.ctx("sam"), request("for-sam", { expiresAt }));
    expect(created).toMatchObject({ ok: true });
    const [pull] = await pullsOf("for-sam");
    expect(pull?.author).toBe("fleetwright[bot]");
    expect(parseBody(pull?.body ?? "").requestedBy).toBe("sam");
  });

  it("leaves a change its page can show at once, and does not fail where reading it back does", async () => {
    const created = await createCluster(platform(), request("read-back"));
    if (!created.ok) throw new Error(created.message);
    const known = { where: { number: created.value.number } };
    expect(await stack.db.change.findFirst(known)).toMatchObject({
      title: "Create read-back",
      state: "open",
    });
    const asApp: Forge = {
      ...platform().world.asApp,
      findPullRequest: () => Promise.reject(new ForgeError("unavailable", "not now", { status: 502 })),
    };
    const ctx = platform();
    const unread = await createCluster({ ...ctx, world: { ...ctx.world, asApp } }, request("not-read-back"));
    expect(unread).toMatchObject({ ok: true });
    expect(await pullsOf("not-read-back")).toHaveLength(1);
  });

  it("keeps hostile strings strings, in the files and in the body", async () => {
    const purpose = 'x"\n- evil: true\n# ${NAME} <img src=x onerror=alert(1)> --> @acme/everyone $(rm -rf /)';
    const created = await createCluster(platform(), request("hostile", { purpose }));
    if (!created.ok) throw new Error(created.message);
    const files = await stack.world.asApp.files(created.value.number);
    await stack.world.mirror.fetch();
    const pull = await stack.world.asApp.findPullRequest(created.value.number);
    const text = await stack.world.mirror.readFile(pull?.headSha ?? "", "clusters/hostile/cluster.yaml");
    const [cluster] = parseAllDocuments(text ?? "").map((document) => document.toJS() as unknown);
    expect(cluster).toMatchObject({ metadata: { annotations: { "fleetwright.dev/purpose": purpose } } });
    expect(files.map(({ path }) => path).sort()).toEqual([
      "clusters/hostile/cluster.yaml",
      "clusters/hostile/flux-config.yaml",
      "clusters/management/fleet/hostile.yaml",
    ]);
    expect(parseBody(pull?.body ?? "").meta?.why).toBe(purpose);
    expect(pull?.body.match(/<!--/g)).toHaveLength(1);
    expect(pull?.body).not.toMatch(/^> .*<img/m);
  });

  it.each([
    ["../../etc", "parameters.name"],
    ["a; rm -rf /", "parameters.name"],
    ["<script>", "parameters.name"],
    ["kube-thing", "parameters.name"],
    ["a".repeat(40), "parameters.name"],
    ["ünïcode", "parameters.name"],
    ["one-pr", "parameters.name"],
  ])("refuses the name %s beside its field and opens nothing", async (name, field) => {
    const before = await stack.db.intent.count();
    const result = await createCluster(platform(), request(name));
    expect(result).toMatchObject({ ok: false, code: "invalid" });
    expect(Object.keys(result.ok ? {} : (result.fieldErrors ?? {}))).toContain(field);
    expect(await stack.db.intent.count()).toBe(before);
  });

  it("refuses versions that are not offered, other people's teams and people without the role", async () => {
    const version = await createCluster(platform(), request("no-version", { kubernetesVersion: "v1.20.0" }));
    expect(version).toMatchObject({
      ok: false,
      fieldErrors: { "parameters.kubernetesVersion": expect.stringMatching(/v1\.34\.5/) as string },
    });
    const team = await createCluster(stack.ctx("lena"), request("not-mine"));
    expect(team).toMatchObject({
      ok: false,
      fieldErrors: { "parameters.team": "You may ask for payments." },
    });
    const viewer = await createCluster(stack.ctx("vera"), request("by-viewer"));
    expect(viewer).toMatchObject({ ok: false, code: "forbidden" });
    const garbage = await createCluster(platform(), { template: "../x", parameters: [] });
    expect(garbage).toMatchObject({ ok: false, code: "invalid" });
  });

  it("does not open again what people closed", async () => {
    const input = request("closed-one");
    const created = await createCluster(platform(), input);
    if (!created.ok) throw new Error(created.message);
    await stack.world.asApp.updatePullRequest(created.value.number, { state: "closed" });
    const again = await createCluster(platform(), input);
    expect(again).toMatchObject({ ok: true, value: { number: created.value.number } });
    expect(await pullsOf("closed-one")).toHaveLength(1);
  });

  it("says in words what the forge answers", async () => {
    const failing = (error: ForgeError): Forge => ({
      ...stack.ctx("pat").asPerson,
      repository: () => Promise.reject(error),
    });
    for (const code of ["unauthenticated", "rate-limited", "unavailable"] as const) {
      const error = new ForgeError(code, "in words", { status: 500, retryAfterSeconds: 30 });
      const result = await createCluster(
        { ...platform(), asPerson: failing(error) },
        request(`forge-${code}`),
      );
      expect(result).toMatchObject({
        ok: false,
        code,
        message: expect.stringMatching(/^in words/) as string,
      });
    }
  });

  it("previews while fields are still wrong", async () => {
    const preview = await previewCluster(stack.ctx("sam"), {
      template: "dev",
      parameters: { name: "UPPER" },
    });
    if (!preview.ok) throw new Error(preview.message);
    expect(Object.keys(preview.value.errors)).toContain("name");
  });
});
