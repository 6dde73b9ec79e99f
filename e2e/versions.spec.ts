import { expect, openPage, test } from "./support/test.ts";

test("a number of the version matrix leads to the clusters it counts", async ({ as }) => {
  const page = await as("vera.s");
  await openPage(page, "/versions");
  const link = page
    .getByRole("table", { name: "Clusters by version and environment" })
    .getByRole("link")
    .first();
  await link.click();
  await expect(page).toHaveURL(/\/clusters\?.*version=v1/);
});

test("the timeline says why a moment before history cannot be shown", async ({ as }) => {
  const page = await as("vera.s");
  await openPage(page, "/timeline?at=2001-01-01T03:12:00Z");
  await expect(page.getByText(/History begins at/)).toBeVisible();
});
