import { approveAndMerge, expectJourneyDone, expectSameDocument, markDocument } from "./support/change.ts";
import { forgeAs } from "./support/forge.ts";
import { bareGit } from "./support/git.ts";
import { kubectl } from "./support/kubectl.ts";
import { fillWish, openPullRequest, uniqueName, type ClusterWish } from "./support/request.ts";
import { expect, openPage, test } from "./support/test.ts";

const wishes: (Omit<ClusterWish, "name"> & { stem: string; login: string; label: string })[] = [
  { label: "an AKS cluster", login: "lena.k", template: "AKS small", stem: "e2e-aks" },
  { label: "a dev cluster", login: "priya.s", template: "Dev", stem: "e2e-dev", team: "identity" },
];

for (const { label, login, stem, ...wish } of wishes) {
  test(`${label} goes from the form to Ready, approved by somebody else, and every page follows`, async ({
    as,
  }) => {
    test.setTimeout(300_000);
    const name = uniqueName(stem);
    const asker = await as(login);
    await fillWish(asker, { ...wish, name });
    const preview = asker.getByRole("region", { name: "Preview" });
    await expect(preview.getByRole("region", { name: `clusters/${name}/cluster.yaml` })).toContainText(name);
    const number = await openPullRequest(asker);
    await expect(asker.getByText(`Create ${name}`).first()).toBeVisible();
    await markDocument(asker);

    await approveAndMerge(await as("nadia.r"), number);
    await expectJourneyDone(asker);
    await expectSameDocument(asker);

    await expectOneCommitAndRealMerge(number, login);
    expect(await kubectl("get", "clusters.cluster.x-k8s.io", "-A")).toContain(name);
    await openPage(asker, `/clusters/${name}`);
    await expect(asker.getByRole("main").getByText("Healthy", { exact: true }).first()).toBeVisible();
  });
}

/** On the forge's bare repository: the change is one commit, and it came to main by a merge with two parents. */
async function expectOneCommitAndRealMerge(number: number, login: string): Promise<void> {
  const { octokit, owner, repo } = forgeAs(login);
  const { data: pull } = await octokit.pulls.get({ owner, repo, pull_number: number });
  const merge = pull.merge_commit_sha ?? "";
  const [, base, head, ...more] = (await bareGit("rev-list", "--parents", "-n", "1", merge)).split(" ");
  expect(more).toEqual([]);
  expect(head).toBe(pull.head.sha);
  expect(await bareGit("log", "--format=%H", `${String(base)}..${String(head)}`)).toBe(pull.head.sha);
  await bareGit("merge-base", "--is-ancestor", merge, "main");
}
