import type { Page } from "@playwright/test";
import { expectKnown } from "./support/change.ts";
import { closeByHand, openByHand } from "./support/pulls.ts";
import { uniqueName } from "./support/request.ts";
import { expect, expectAccessible, openPage, test } from "./support/test.ts";

const themes = ["light", "dark"] as const;
const tabs = ["overview", "reconciliation", "nodes", "workloads", "changes", "files"];
const pages = [
  "/",
  "/clusters",
  ...tabs.map((tab) => `/clusters/prod-uks-2?tab=${tab}`),
  "/clusters/new?template=aks-standard",
  "/reconciliation",
  "/changes",
  "/clusters/never-was",
];

/** The theme as its owner chose it in the menu, without the menu. */
async function useTheme(page: Page, theme: string): Promise<void> {
  await page.addInitScript((value) => {
    localStorage.setItem("theme", value);
  }, theme);
}

const background = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.body).backgroundColor);

for (const theme of themes) {
  test(`the sign-in page breaks no rule of accessibility in ${theme}`, async ({ page }) => {
    await useTheme(page, theme);
    await page.goto("/sign-in");
    await expect(page.getByRole("button", { name: /^Sign in with/ })).toBeVisible();
    await expectAccessible(page);
  });

  test(`no page breaks a rule of accessibility in ${theme}`, async ({ as }) => {
    test.setTimeout(300_000);
    const page = await as("omar.h");
    await useTheme(page, theme);
    const title = uniqueName(`Look at ${theme}`);
    const number = await openByHand("omar.h", {
      title,
      files: { [`${title.replaceAll(" ", "-")}.md`]: "x\n" },
    });
    await expectKnown(page, number);
    for (const path of [...pages, `/changes/${String(number)}`]) {
      await test.step(path, async () => {
        await openPage(page, path);
        await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
        await expectAccessible(page);
      });
    }
    await closeByHand("omar.h", number);
  });
}

test("the theme is chosen in the menu, is seen at once and stays", async ({ as }) => {
  const page = await as("vera.s");
  await openPage(page, "/");
  const seen: string[] = [];
  await page.getByRole("button", { name: /vera\.s/ }).click();
  for (const name of ["Light", "Dark"]) {
    await page.getByRole("menuitemradio", { name, exact: true }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", name.toLowerCase());
    seen.push(await background(page));
  }
  expect(seen[0]).not.toBe(seen[1]);
  await openPage(page, "/clusters");
  expect(await background(page)).toBe(seen[1]);
});

test("who follows the system sees the system's theme", async ({ as }) => {
  const page = await as("vera.s");
  await page.emulateMedia({ colorScheme: "light" });
  await openPage(page, "/");
  const light = await background(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => background(page)).not.toBe(light);
});
