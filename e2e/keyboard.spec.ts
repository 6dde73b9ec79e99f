import { expect, openPage, test } from "./support/test.ts";

test("keys lead through the portal: pages, filter, rows, help", async ({ as }) => {
  const page = await as("vera.s");
  await openPage(page, "/");
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await expect(page).toHaveURL(/\/clusters$/);
  await expect(page.getByRole("link", { name: "prod-weu-3", exact: true })).toBeVisible();
  await page.keyboard.press("/");
  const filter = page.getByRole("textbox", { name: "Filter clusters" });
  await expect(filter).toBeFocused();
  await filter.pressSequentially("dev-weu-2");
  await expect(page).toHaveURL(/text=dev-weu-2/);
  await filter.blur();
  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: "dev-weu-2", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/clusters\/dev-weu-2$/);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("the palette finds a cluster by a part of its name and goes there", async ({ as }) => {
  const page = await as("vera.s");
  await openPage(page, "/changes");
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog", { name: "Search or jump to" });
  await palette.getByRole("combobox").fill("uks-2");
  await palette.getByRole("option", { name: /prod-uks-2/ }).click();
  await expect(page).toHaveURL(/\/clusters\/prod-uks-2$/);
  await expect(page.getByRole("heading", { name: /prod-uks-2/ })).toBeVisible();
});

test("a cluster or change that is not there, or another team's, is not found in the same words", async ({
  as,
}) => {
  const page = await as("lena.k");
  for (const path of ["/clusters/never-was", "/clusters/prod-weu-2", "/changes/99999", "/changes/x"]) {
    await openPage(page, path);
    await expect(page.getByText("There is nothing here")).toBeVisible();
  }
});
