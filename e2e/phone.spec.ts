import { expect, openPage, test } from "./support/test.ts";

test.use({ viewport: { width: 390, height: 844 } });

test("on a phone nothing scrolls sideways, and the navigation opens", async ({ as }) => {
  const page = await as("lena.k");
  for (const path of [
    "/",
    "/clusters",
    "/clusters/prod-weu-3",
    "/clusters/new",
    "/changes",
    "/reconciliation",
  ]) {
    await openPage(page, path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const { wide, screen } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      screen: window.innerWidth,
    }));
    expect(screen, path).toBe(390);
    expect(wide, path).toBeLessThanOrEqual(screen);
  }
  await page.getByRole("button", { name: "Open navigation" }).click();
  await page.getByRole("dialog").getByRole("link", { name: "Clusters" }).click();
  await expect(page).toHaveURL(/\/clusters$/);
});
