import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { approveAndMerge, expectKnown, expectSameDocument, markDocument } from "./support/change.ts";
import { readDemo } from "./support/demo.ts";
import { forgeAs } from "./support/forge.ts";
import { closeByHand, openByHand } from "./support/pulls.ts";
import { uniqueName } from "./support/request.ts";
import { expect, openPage, test } from "./support/test.ts";

const run = promisify(execFile);

/** Clones over HTTP as this person, adds a file on a branch and pushes it. */
async function pushBranch(login: string, branch: string, path: string, content: string): Promise<void> {
  const { forge, people } = readDemo();
  const remote = new URL(`${forge.url}/${forge.repository}.git`);
  remote.username = "x-access-token";
  remote.password = people.find((person) => person.login === login)?.token ?? "";
  const folder = await mkdtemp(join(tmpdir(), "fleetwright-e2e-"));
  const git = (...args: string[]) => run("git", ["-C", folder, ...args]);
  try {
    await run("git", ["clone", "--quiet", "--depth=1", remote.href, folder]);
    await git("switch", "--quiet", "-c", branch);
    await writeFile(join(folder, path), content);
    await git("add", path);
    const author = ["-c", `user.name=${login}`, "-c", `user.email=${login}@acme.example`];
    await git(...author, "commit", "--quiet", "-m", `Add ${path}`);
    await git("push", "--quiet", "origin", branch);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test("a branch pushed by hand and its pull request appear in Changes by themselves, with their checks", async ({
  as,
}) => {
  const page = await as("vera.s");
  await openPage(page, "/changes");
  await markDocument(page);
  const title = uniqueName("Note on backups");
  const branch = title.replaceAll(" ", "-").toLowerCase();
  await pushBranch("omar.h", branch, `${branch}.md`, "# Backups\n");
  const { octokit, owner, repo } = forgeAs("omar.h");
  const { data: pull } = await octokit.pulls.create({ owner, repo, title, head: branch, base: "main" });
  await expect(page.getByRole("link", { name: title })).toBeVisible({ timeout: 90_000 });
  await page.getByRole("link", { name: title }).click();
  await expect(page).toHaveURL(new RegExp(`/changes/${String(pull.number)}$`));
  for (const check of [
    "fleetwright/build",
    "fleetwright/policy",
    "fleetwright/protect",
    "fleetwright/approval",
  ]) {
    await expect
      .poll(async () => {
        const { data } = await octokit.checks.listForRef({ owner, repo, ref: pull.head.sha });
        return data.check_runs.find(({ name }) => name === check)?.status;
      })
      .toMatch(/completed|in_progress/);
  }
  await expect(page.getByText(`${branch}.md`).first()).toBeVisible();
  await expect(page.getByText(/waits for/i).first()).toBeVisible();
  await expectSameDocument(page);
  await closeByHand("omar.h", pull.number);
});

test("a pull request closed on the forge says so on the open page and takes no decision", async ({ as }) => {
  const title = uniqueName("Close me");
  const number = await openByHand("omar.h", { title, files: { [`${title.replace(" ", "-")}.md`]: "x\n" } });
  const page = await as("nadia.r");
  await expectKnown(page, number);
  await openPage(page, `/changes/${String(number)}`);
  await expect(page.getByRole("button", { name: "Approve and merge" })).toBeVisible();
  await markDocument(page);
  await closeByHand("omar.h", number);
  await expect(page.getByText("Closed", { exact: true }).first()).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole("button", { name: /^(Approve|Merge)/ })).toHaveCount(0);
  await expect(page.getByText(`#${String(number)} is closed; reopen it on the forge first.`)).toBeVisible();
  await expectSameDocument(page);
});

test("a merge conflict is said in a clear sentence, and the merge is not offered", async ({ as }) => {
  const title = uniqueName("Write the same file");
  const path = `${uniqueName("conflict")}.md`;
  const first = await openByHand("omar.h", { title: `${title} once`, files: { [path]: "one\n" } });
  const second = await openByHand("omar.h", { title: `${title} twice`, files: { [path]: "two\n" } });
  const page = await as("omar.h");
  await expectKnown(page, second);
  await openPage(page, `/changes/${String(second)}`);
  await approveAndMerge(await as("nadia.r"), first);
  await expect(page.getByText("Conflict", { exact: true }).first()).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText("It conflicts with the default branch.").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Merge", exact: true })).toBeDisabled();
  await closeByHand("omar.h", second);
});
