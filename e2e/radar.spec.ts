import { commitToMain } from "./support/git.ts";
import { expect, expectAccessible, openPage, test } from "./support/test.ts";

test("a commit is followed to the last cluster it must reach, without a reload", async ({ as }) => {
  const title = `Note on two clusters ${Date.now().toString(36)}`;
  const clusters = ["stage-eus-1", "prod-weu-1"];
  const paths = clusters.map((name) => `clusters/${name}/cluster.yaml`);
  const sha = await commitToMain(title, paths, "# noted");
  const page = await as("vera.s");
  await expect(async () => {
    await openPage(page, `/commits/${sha.slice(0, 7)}`);
    await expect(page.getByText(title)).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));

  await expect(page.getByText("Reached 2 of 2")).toBeVisible({ timeout: 120_000 });
  for (const name of clusters) {
    await expect(page.getByRole("row").filter({ hasText: name })).toContainText("Applied");
  }
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
  await expectAccessible(page);

  await openPage(page, "/commits");
  await page.getByRole("link", { name: title }).click();
  await page.waitForURL(`**/commits/${sha}`);
});

test("the revision of a cluster leads to its commit", async ({ as }) => {
  const page = await as("vera.s");
  await openPage(page, "/clusters/stage-eus-1");
  await page
    .getByTitle(/^How far [0-9a-f]{40} has come$/)
    .first()
    .click();
  await page.waitForURL(/\/commits\/[0-9a-f]{40}$/);
  await expect(page.getByRole("heading", { level: 2, name: "Reach" })).toBeVisible();
});
