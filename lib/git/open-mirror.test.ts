import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fleetFiles } from "./fleet-files.ts";
import type { Mirror } from "./mirror.ts";
import { openMirror } from "./open-mirror.ts";

const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
let dir: string;
let work: string;
let mirror: Mirror;

const git = async (...args: string[]): Promise<string> =>
  (await execa("git", [...identity, ...args], { cwd: work })).stdout;

async function write(path: string, content: string): Promise<void> {
  await execa("mkdir", ["-p", join(work, path, "..")]);
  await execa("tee", [join(work, path)], { input: content });
}

async function commit(message: string, files: Record<string, string>): Promise<string> {
  for (const [path, content] of Object.entries(files)) await write(path, content);
  await git("add", "-A");
  await git("commit", "-qm", message);
  return git("rev-parse", "HEAD");
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "mirror-"));
  work = join(dir, "work");
  await execa("git", ["init", "-q", "-b", "main", work]);
  await commit("Start", {
    "clusters/a/cluster.yaml": "a: 1\n",
    "fleet.yaml": "version: 1\n",
    "wéird *.txt": "ümlaut\n",
  });
  mirror = openMirror({
    dir: join(dir, "mirror.git"),
    url: work,
    credentials: () => Promise.resolve(null),
  });
});

afterAll(() => rm(dir, { recursive: true, force: true }));

describe("openMirror", () => {
  it("is empty until it fetched, and then reads files by literal path", async () => {
    expect(await mirror.head()).toBeNull();
    const { head, changed } = await mirror.fetch();
    expect(changed).toBe(true);
    expect(await mirror.readFile(head ?? "", "clusters/a/cluster.yaml")).toBe("a: 1\n");
    expect(await mirror.readFile(head ?? "", "wéird *.txt")).toBe("ümlaut\n");
    expect(await mirror.readFile(head ?? "", "clusters/*/cluster.yaml")).toBeNull();
    expect(await mirror.readFile(head ?? "", "clusters")).toBeNull();
    expect([...(await mirror.readFiles(head ?? "", "clusters")).keys()]).toEqual(["clusters/a/cluster.yaml"]);
    expect((await mirror.fetch()).changed).toBe(false);
  });

  it("gives first-parent history with the paths a merge brought, and positions", async () => {
    const files = fleetFiles(mirror);
    await files.refresh();
    const first = files.head()?.sha ?? "";
    await git("checkout", "-qb", "topic");
    await commit("Topic 1", { "clusters/b/cluster.yaml": "b: 1\n" });
    const side = await commit("Topic 2", { "clusters/b/flux-config.yaml": "b: 2\n" });
    await git("checkout", "-q", "main");
    await git("merge", "-q", "--no-ff", "-m", "Merge topic", "topic");
    const { head } = await mirror.fetch();
    const log = await mirror.firstParentLog(head ?? "", first);
    expect(log.map(({ title, paths }) => [title, paths])).toEqual([
      ["Merge topic", ["clusters/b/cluster.yaml", "clusters/b/flux-config.yaml"]],
    ]);
    let told = 0;
    files.onChange(() => (told += 1));
    await files.refresh();
    await files.refresh();
    expect(told).toBe(1);
    expect(files.position(head ?? "")).toBe(1);
    expect(files.position(side)).toBeNull();
    expect(files.clusterFiles().get("b")).toEqual({ cluster: "b: 1\n", fluxConfig: "b: 2\n" });
    expect(
      (await mirror.lastCommitPerPath(head ?? "", "clusters/b")).get("clusters/b/cluster.yaml")?.title,
    ).toBe("Merge topic");
  });

  it("merges two branches without touching a ref, and names the paths in conflict", async () => {
    const base = await git("rev-parse", "main");
    await git("checkout", "-qb", "left", base);
    const left = await commit("Left", { "fleet.yaml": "version: left\n", "left.txt": "l" });
    await git("checkout", "-qb", "right", base);
    const right = await commit("Right", { "fleet.yaml": "version: right\n" });
    await git("checkout", "-qb", "aside", base);
    const aside = await commit("Aside", { "aside.txt": "x" });
    await git("checkout", "-q", "main");
    await mirror.fetch();
    expect(await mirror.mergeTree(left, right)).toEqual({ clean: false, paths: ["fleet.yaml"] });
    const merged = await mirror.mergeTree(left, aside);
    if (!merged.clean) throw new Error("expected a clean merge");
    expect(await mirror.changedPaths(base, merged.tree)).toEqual(["aside.txt", "fleet.yaml", "left.txt"]);
    const out = join(dir, "out");
    await mirror.checkoutTree(merged.tree, out);
    expect(await readFile(join(out, "fleet.yaml"), "utf8")).toBe("version: left\n");
  });

  it("fetches once for callers that come while one waits", async () => {
    const heads = await Promise.all([mirror.fetch(), mirror.fetch(), mirror.fetch()]);
    expect(new Set(heads.map(({ head }) => head)).size).toBe(1);
  });

  it("says which command failed, never with a credential", async () => {
    const secret = "s3cret-token";
    const bad = openMirror({
      dir: join(dir, "bad.git"),
      url: "http://127.0.0.1:1/none.git",
      credentials: () => Promise.resolve({ username: "x", password: secret }),
    });
    const error = await bad.fetch().then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(String(error)).toMatch(/git fetch failed/);
    expect(JSON.stringify(error)).not.toContain(secret);
  });
});
