import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import tar from "tar-stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ArtifactStore } from "./artifact-store.ts";
import { startTestGitServer } from "./git-server.ts";
import type { TestGitServer } from "./git-server.ts";
import { lsRemote } from "./ls-remote.ts";
import { resolveReference } from "./resolve-reference.ts";

let git: TestGitServer;
let dir: string;
let store: ArtifactStore;

beforeAll(async () => {
  git = await startTestGitServer("secret");
  dir = await mkdtemp(join(tmpdir(), "flux-store-"));
  store = await new ArtifactStore(dir).listen();
});

afterAll(async () => {
  await store.close();
  await git.close();
  await rm(dir, { recursive: true, force: true });
});

async function names(ignore: string | undefined, sha: string): Promise<string[]> {
  const artifact = await store.artifact(git.url, sha, ignore);
  const url = store.publish(`x/${sha}.tar.gz`, artifact);
  const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
  expect(bytes.length).toBe(artifact.size);
  const found: string[] = [];
  const extract = tar.extract();
  extract.end(gunzipSync(bytes));
  for await (const entry of extract) {
    found.push(entry.header.type === "directory" ? `${entry.header.name}/` : entry.header.name);
    entry.resume();
  }
  return found;
}

it("fetches with a credential, packs what is not ignored, and keeps directories that became empty", async () => {
  const credential = { username: "flux", password: "secret" };
  await expect(lsRemote(git.url, undefined, 5_000)).rejects.toThrow("authentication required");
  const sha = await git.commit("layout", {
    "clusters/a/cluster.yaml": "a: 1\n",
    "clusters/a/flux-config.yaml": "b: 1\n",
    "clusters/b/flux-config.yaml": "b: 1\n",
    "clusters/management/x.yaml": "b: 1\n",
    "apps/base/app.yaml": "c: 1\n",
    "logo.png": "x",
    ".gitignore": "y",
  });
  const found = resolveReference({ branch: "main" }, await lsRemote(git.url, credential, 5_000));
  expect(found).toEqual({ revision: `main@sha1:${sha}`, sha, ref: "refs/heads/main" });
  await store.mirror(git.url).ensure(found.sha, found.ref, credential, 5_000);
  expect(await store.mirror(git.url).subject(sha)).toBe("layout");
  const all = await names(undefined, sha);
  expect(all).toContain("apps/base/app.yaml");
  expect(all).not.toContain("logo.png");
  expect(all).not.toContain(".gitignore");
  const capi = await names("/*\n!/clusters\n/clusters/management\n/clusters/*/flux-config.yaml\n", sha);
  expect(capi).toEqual(["clusters/", "clusters/a/", "clusters/a/cluster.yaml", "clusters/b/"]);
});

it("answers an unknown branch and a server that is down in Flux's words", async () => {
  const refs = await lsRemote(git.url, { username: "flux", password: "secret" }, 5_000);
  expect(() => resolveReference({ branch: "nosuch" }, refs)).toThrow(
    'couldn\'t find remote ref "refs/heads/nosuch"',
  );
  await expect(lsRemote("http://127.0.0.1:1/fleet.git", undefined, 5_000)).rejects.toThrow(
    'Get "http://127.0.0.1:1/fleet.git/info/refs?service=git-upload-pack": dial tcp 127.0.0.1:1: connect: connection refused',
  );
});
