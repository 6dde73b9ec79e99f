import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commitFiles, startTestForge, target } from "../testing/test-forge.ts";
import type { TestForge } from "../testing/test-forge.ts";
import { allowed } from "./allowed.ts";
import { differences } from "./differences.ts";

interface Reply {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

let forge: TestForge;

beforeAll(async () => {
  forge = await startTestForge();
});
afterAll(() => forge.stop());

async function ask(token: string, method: string, path: string, more: { body?: unknown; tag?: string } = {}) {
  const answer = await fetch(`${forge.forge.api}${path}`, {
    method,
    redirect: "manual",
    headers: {
      authorization: `Bearer ${token}`,
      ...(more.tag === undefined ? {} : { "if-none-match": more.tag }),
    },
    ...(more.body === undefined ? {} : { body: JSON.stringify(more.body) }),
  });
  const text = await answer.text();
  const body: unknown = text === "" ? null : JSON.parse(text);
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body };
}

const here = "/repos/acme/fleet";
const rita = (method: string, path: string, body?: unknown) => ask("ghp_rita", method, here + path, { body });
const mainSha = async () =>
  (await forge.as("rita").git.getRef({ ...target, ref: "heads/main" })).data.object.sha;
const content = (name: string) => ({ [`${name}.yaml`]: "a: 1\n" });
async function opened(name: string): Promise<number> {
  const { data } = await forge.as("rita").pulls.create({
    ...{ ...target, title: "t", body: "b", base: "main" },
    head: await commitFiles(forge.as("rita"), name, content(name)).then(() => name),
  });
  return data.number;
}
const appToken = async () =>
  ((await forge.asApp().auth({ type: "installation" })) as { token: string }).token;

/** Recording, its exchange, and the same call here. Each stands for a call that the portal makes. */
const calls: [string, number, () => Promise<Reply>][] = [
  ["auth-401", 0, () => ask("ghp_wrong", "GET", "/user")],
  ["auth-401", 1, () => ask("a.b.c", "GET", "/app")],
  ["blobs-tree-commit-ref", 0, () => rita("GET", "/git/ref/heads/main")],
  ["blobs-tree-commit-ref", 2, () => rita("POST", "/git/blobs", { content: "a", encoding: "utf-8" })],
  [
    "blobs-tree-commit-ref",
    4,
    async () => {
      const tree = [{ path: "a", mode: "100644", type: "blob", content: "a" }];
      return rita("POST", "/git/trees", { base_tree: await mainSha(), tree });
    },
  ],
  [
    "blobs-tree-commit-ref",
    5,
    async () => {
      const { data } = await forge.as("rita").git.getCommit({ ...target, commit_sha: await mainSha() });
      return rita("POST", "/git/commits", { message: "m", tree: data.tree.sha, parents: [data.sha] });
    },
  ],
  ["branch-protection", 0, () => ask("ghp_oscar", "GET", `${here}/branches/other/protection`)],
  [
    "check-run-create",
    0,
    async () => {
      const output = { title: "t", summary: "s", text: "x" };
      const run = { name: "c", head_sha: await mainSha(), conclusion: "success", external_id: "e", output };
      return ask(await appToken(), "POST", `${here}/check-runs`, {
        body: { ...run, details_url: "https://portal.example/" },
      });
    },
  ],
  [
    "commit-status",
    0,
    async () =>
      rita("POST", `/statuses/${await mainSha()}`, {
        state: "failure",
        description: "d",
        target_url: "https://x.example/",
      }),
  ],
  ["commit-status", 3, async () => rita("GET", `/commits/${await mainSha()}/status`)],
  [
    "conditional-304",
    0,
    async () => rita("POST", "/git/refs", { ref: "refs/heads/kept", sha: await mainSha() }),
  ],
  ["conditional-304", 1, () => rita("GET", "/git/ref/heads/kept")],
  [
    "conditional-304",
    2,
    async () => {
      const { headers } = await rita("GET", "/git/ref/heads/kept");
      return ask("ghp_rita", "GET", `${here}/git/ref/heads/kept`, { tag: headers["etag"] ?? "" });
    },
  ],
  ["conditional-304", 4, () => rita("GET", "/git/ref/heads/never")],
  [
    "labels",
    1,
    async () => rita("POST", `/issues/${String(await opened("labelled"))}/labels`, { labels: ["x"] }),
  ],
  [
    "pull-create-squash-merge",
    3,
    async () => {
      await commitFiles(forge.as("rita"), "made", content("made"));
      return rita("POST", "/pulls", { title: "t", body: "b", head: "made", base: "main" });
    },
  ],
  [
    "pull-create-squash-merge",
    4,
    async () => {
      const number = await opened("merged");
      await forge.as("adam").pulls.createReview({ ...target, pull_number: number, event: "APPROVE" });
      const path = `${here}/pulls/${String(number)}/merge`;
      return ask("ghp_anna", "PUT", path, { body: { merge_method: "squash" } });
    },
  ],
  [
    "pull-create-squash-merge",
    5,
    async () => {
      const list = await rita("GET", "/pulls?state=open");
      const numbers = (list.body as { number: number }[]).map((one) => one.number);
      expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
      return list;
    },
  ],
  ["pull-errors-422", 0, () => rita("POST", "/pulls", { title: "t", body: "b", head: "made", base: "main" })],
  [
    "pull-errors-422",
    1,
    async () => rita("PATCH", `/pulls/${String(await opened("moved"))}`, { base: "none" }),
  ],
  ["pull-mergeable-null-then-true", 1, async () => rita("GET", `/pulls/${String(await opened("asked"))}`)],
  [
    "pull-mergeable-null-then-true",
    3,
    async () => {
      const path = `/pulls/${String(await opened("known"))}`;
      await expect.poll(async () => (await rita("GET", path)).body).toMatchObject({ mergeable: true });
      return rita("GET", path);
    },
  ],
  [
    "pull-reviews",
    1,
    async () =>
      ask("ghp_anna", "POST", `${here}/pulls/${String(await opened("drafted"))}/reviews`, {
        body: { body: "b" },
      }),
  ],
  [
    "pull-reviews",
    2,
    async () => {
      const path = `${here}/pulls/${String(await opened("reviewed"))}/reviews`;
      for (const body of ["first", "second"])
        await ask("ghp_anna", "POST", path, { body: { body, event: "COMMENT" } });
      const list = await ask("ghp_anna", "GET", path);
      expect((list.body as { body: string }[]).map((one) => one.body)).toEqual(["first", "second"]);
      return list;
    },
  ],
  [
    "branch-protection",
    2,
    () =>
      ask("ghp_oscar", "PUT", `${here}/branches/made/protection`, {
        body: {
          required_status_checks: { strict: true, contexts: ["foo/bar"] },
          required_pull_request_reviews: { dismiss_stale_reviews: true, require_code_owner_reviews: false },
          restrictions: { users: ["anna"], teams: ["owners"] },
          enforce_admins: true,
        },
      }),
  ],
  ["rename-redirects", 2, () => ask("ghp_oscar", "GET", "/repositories/70001")],
  [
    "rename-redirects",
    1,
    async () => {
      await forge.as("oscar").repos.update({ ...target, name: "fleet-two" });
      return rita("GET", "");
    },
  ],
  ["rename-redirects", 3, () => ask("ghp_oscar", "PATCH", here, { body: { name: "x" } })],
];

/** Headers that clients read, and how they are written; some recordings have a placeholder for the ETag. */
function headersOf({ headers, status }: Reply): string[] {
  const tag = status === 304 || /^"0+"$/.test(headers["etag"] ?? "") ? undefined : headers["etag"];
  return [
    ...["location", "link", "x-accepted-oauth-scopes"].filter((name) => headers[name] !== undefined),
    ...(tag === undefined ? [] : [tag.startsWith("W/") ? "weak etag" : "strong etag"]),
  ];
}

test.each(calls)("answers as GitHub was recorded to: %s, exchange %i", async (file, index, call) => {
  const text = await readFile(new URL(`${file}.json`, import.meta.url), "utf8");
  const { response } = (JSON.parse(text) as { response: Reply }[])[index] ?? {};
  if (response === undefined) throw new Error("no such exchange");
  const answer = await call();
  const found = differences(response.body, answer.body);
  const lacking = headersOf(response).filter((one) => !headersOf(answer).includes(one));
  expect(answer.status).toBe(response.status);
  expect([...found, ...lacking.map((name) => `header: no ${name}`)]).toEqual(
    allowed[`${file} ${String(index)}`] ?? [],
  );
});
