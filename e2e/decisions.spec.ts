import { forgeAs } from "./support/forge.ts";
import { bareGit } from "./support/git.ts";
import { approveAndMerge, expectChecked } from "./support/change.ts";
import { closeByHand } from "./support/pulls.ts";
import { requestCluster, uniqueName } from "./support/request.ts";
import { expect, openPage, test } from "./support/test.ts";

const decisions = /^(Approve|Merge|Request changes)/;

test("who asked for a cluster can neither approve nor merge it, here or on the forge", async ({ as }) => {
  const page = await as("priya.s");
  const name = uniqueName("e2e-own");
  const number = await requestCluster(page, { template: "Dev", team: "web", name });
  await expect(page.getByText("Your decision")).toBeVisible();
  await expect(page.getByText("Only approvers may do this; your role is another one.").first()).toBeVisible();
  await expect(page.getByRole("button", { name: /^(Approve|Merge)/, disabled: false })).toHaveCount(0);

  const { octokit, owner, repo } = forgeAs("priya.s");
  const { data: pull } = await octokit.pulls.get({ owner, repo, pull_number: number });
  expect(pull.user.login, "she may push, so it is her own").toBe("priya.s");
  await expect(
    octokit.pulls.createReview({ owner, repo, pull_number: number, event: "APPROVE" }),
  ).rejects.toMatchObject({ status: 422 });
  await expect(octokit.pulls.merge({ owner, repo, pull_number: number })).rejects.toMatchObject({
    status: 405,
  });
  await closeByHand("omar.h", number);
});

test("an approver cannot approve what he asked for himself, and the page says why", async ({ as }) => {
  const page = await as("omar.h");
  const name = uniqueName("e2e-own");
  const number = await requestCluster(page, { template: "Dev", team: "platform", name, keep: true });
  await expect(
    page.getByText("You asked for this change, so somebody else must approve it.").first(),
  ).toBeVisible();
  await expectChecked(page);
  await expect(page.getByRole("button", { name: "Approve and merge" })).toBeDisabled();
  await expect(page.getByRole("button", { name: "Approve only" })).toBeDisabled();
  await expect(page.getByRole("button", { name: "Merge", exact: true })).toBeDisabled();
  await closeByHand("omar.h", number);
});

test("a viewer can neither ask nor decide", async ({ as }) => {
  const page = await as("vera.s");
  await openPage(page, "/clusters/new");
  await expect(page.getByText("No cluster can be asked for now")).toBeVisible();
  await expect(page.getByRole("button", { name: "Open pull request" })).toHaveCount(0);
  await openPage(page, "/clusters");
  await expect(page.getByRole("link", { name: "New cluster" })).toHaveCount(0);
  const asker = await as("omar.h");
  const number = await requestCluster(asker, {
    ...{ template: "Dev", team: "platform", name: uniqueName("e2e-view"), keep: true },
  });
  await openPage(page, `/changes/${String(number)}`);
  await expect(page.getByText("Only approvers may do this; your role is another one.").first()).toBeVisible();
  await expect(page.getByRole("button", { name: decisions })).toHaveCount(0);
  await closeByHand("omar.h", number);
});

test("two requests opened from one base both survive merging", async ({ as }) => {
  test.setTimeout(300_000);
  const asker = await as("omar.h");
  const names = [uniqueName("e2e-two"), uniqueName("e2e-two")];
  const numbers: number[] = [];
  for (const name of names)
    numbers.push(await requestCluster(asker, { template: "Dev", team: "platform", name, keep: true }));
  const approver = await as("nadia.r");
  for (const number of numbers) await approveAndMerge(approver, number);
  const files = (await bareGit("ls-tree", "-r", "--name-only", "main")).split("\n");
  for (const name of names) {
    expect(files).toContain(`clusters/${name}/cluster.yaml`);
    expect(files).toContain(`clusters/${name}/flux-config.yaml`);
    expect(files).toContain(`clusters/management/fleet/${name}.yaml`);
  }
});
