import { expect, expectAccessible, openPage, test } from "./support/test.ts";

test("a platform engineer sees how the portal is, its jobs and the whole audit trail", async ({ as }) => {
  const page = await as("omar.h");
  await openPage(page, "/");
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await expect(page).toHaveURL(/\/settings$/);
  await expect(page.getByRole("link", { name: "Settings" })).toHaveAttribute("aria-current", "page");

  const management = page.getByRole("region", { name: "Management cluster" });
  await expect(management.getByText("Leader", { exact: true })).toBeVisible();
  await expect(management.getByRole("table", { name: "Kinds" })).toContainText("Kustomization");
  await expect(page.getByRole("region", { name: "Forge", exact: true })).toContainText("Last poll");
  await expect(page.getByRole("region", { name: "Database" })).toContainText("PostgreSQL");

  await page.getByRole("tab", { name: "Jobs" }).click();
  await expect(page).toHaveURL(/tab=jobs/);
  await expect(page.getByRole("heading", { name: "Waiting and running" })).toBeVisible();
  await expect(page.getByText("Verify the audit trail").first()).toBeVisible();
  await expect(page.getByText("No engine has run yet")).toHaveCount(0, { timeout: 30_000 });

  await page.getByRole("tab", { name: "Audit" }).click();
  await expect(page.getByText(/^\d+ rows?\b/)).toBeVisible();
  await page.getByRole("textbox", { name: "Filter by person" }).fill("nobody-has-this-name");
  await expect(page.getByText("No row matches")).toBeVisible();
  await expect(page).toHaveURL(/person=nobody-has-this-name/);
});

test("others find the audit trail in Settings and nothing of how the portal works", async ({ as }) => {
  const page = await as("lena.k");
  await openPage(page, "/settings?tab=health");
  await expect(page.getByRole("tab")).toHaveText(["Audit"]);
  await expect(page.getByText("Management cluster", { exact: true })).toHaveCount(0);
  await expect(page.getByText(/of your teams and your own/)).toBeVisible();
  for (const part of ["health", "jobs", "people"]) {
    const response = await page.request.get(`/api/v1/settings/${part}`);
    expect(response.status(), part).toBe(404);
  }
});

test("a platform engineer signs somebody out everywhere, who then finds the sign-in page", async ({ as }) => {
  const theirs = await as("jonas.w");
  await openPage(theirs, "/");
  const page = await as("omar.h");
  await openPage(page, "/settings?tab=people");
  await page.getByRole("button", { name: "Sign jonas.w out everywhere" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page.getByText("jonas.w", { exact: true })).toHaveCount(0);
  await theirs.goto("/");
  await expect(theirs).toHaveURL(/\/sign-in/);
});

for (const theme of ["light", "dark"]) {
  test(`no part of Settings breaks a rule of accessibility in ${theme}`, async ({ as }) => {
    test.setTimeout(120_000);
    const page = await as("omar.h");
    await page.addInitScript((value) => {
      localStorage.setItem("theme", value);
    }, theme);
    for (const part of ["health", "jobs", "people", "audit"]) {
      await openPage(page, `/settings?tab=${part}`);
      await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
      await expectAccessible(page);
    }
  });
}
