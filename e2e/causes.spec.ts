import { expect, openPage, test } from "./support/test.ts";

test("from the overview's line to its clusters, what it means, and the failing object: two clicks", async ({
  as,
}) => {
  const page = await as("vera.s");
  await openPage(page, "/");
  const attention = page.getByRole("region", { name: "Needs attention" });
  // prod-uks-2: ingress-nginx-controller never becomes available, so infrastructure fails and others wait.
  const line = attention.getByRole("listitem").filter({ hasText: "prod-uks-2" }).first();
  await line.locator("a[data-row]").click();
  await expect(page).toHaveURL(/\/clusters\?cause=/);
  const cause = page.getByRole("region", { name: "Cause" });
  await expect(cause.getByRole("heading")).toBeVisible();
  await expect(page.getByRole("link", { name: "prod-uks-2", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "prod-weu-1", exact: true })).toHaveCount(0);
  await cause
    .getByRole("link", { name: /^Kustomization .*infrastructure$/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/reconciliation\//);
  await expect(page.getByText(/Kustomization infrastructure/).first()).toBeVisible();
});

test("an Azure quota says in plain words what it means, who can end it and how", async ({ as }) => {
  const page = await as("vera.s");
  await openPage(page, "/clusters/prod-weu-3");
  const banner = page.getByRole("region", { name: "What is wrong" });
  await expect(banner.getByText(/can end it\.$/)).toBeVisible();
  await expect(banner.getByRole("list", { name: "What to do" }).getByRole("listitem").first()).toBeVisible();
});

test("an address of a cause that is over says so, and leads back", async ({ as }) => {
  const page = await as("vera.s");
  await openPage(page, "/clusters?cause=long-over");
  await expect(page.getByText(/Nothing is in trouble for this cause any more/)).toBeVisible();
  await page.getByRole("link", { name: "Go to the fleet" }).click();
  await expect(page.getByRole("region", { name: "Needs attention" })).toBeVisible();
});

test("the graph of Flux objects is one switch away, and each box leads to its object by keyboard", async ({
  as,
}) => {
  const page = await as("vera.s");
  await openPage(page, "/clusters/prod-uks-2?tab=reconciliation");
  await page.getByRole("button", { name: "Graph", exact: true }).click();
  await expect(page).toHaveURL(/as=graph/);
  const box = page
    .getByRole("list", { name: "On this cluster" })
    .getByRole("link", { name: /Kustomization policies/ });
  await expect(box).toHaveAccessibleName(/after infrastructure/);
  await box.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/reconciliation\//);
});
