import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Browser, type Page } from "@playwright/test";
import { readDemo } from "./demo.ts";

/** Signs in by the sign-in page and the forge's own page, as a person does. */
export async function signIn(page: Page, login: string): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: /^Sign in with/ }).click();
  await page.getByRole("button", { name: new RegExp(`^${login.replaceAll(".", "\\.")}\\b`) }).click();
  await page.waitForURL((url) => url.href.startsWith(readDemo().portal) && !url.pathname.startsWith("/sign-in"));
}

const sessions = "test-results/sessions";

/** A page of a person who is signed in; the session is made once and kept for the run. */
async function pageAs(browser: Browser, login: string): Promise<Page> {
  const state = join(sessions, `${login}.json`);
  if (!existsSync(state)) {
    mkdirSync(sessions, { recursive: true });
    const context = await browser.newContext();
    const page = await context.newPage();
    await signIn(page, login);
    await context.storageState({ path: state });
    await context.close();
  }
  const context = await browser.newContext({ storageState: state });
  return context.newPage();
}

interface Fixtures {
  /** Opens a browser of its own for a person, signed in. */
  as: (login: string) => Promise<Page>;
}

export const test = base.extend<Fixtures>({
  as: async ({ browser }, use) => {
    const pages: Page[] = [];
    await use(async (login) => {
      const page = await pageAs(browser, login);
      pages.push(page);
      return page;
    });
    for (const page of pages) await page.context().close();
  },
});

/** No rule of WCAG 2.2 A and AA is broken on this page, as axe can see it. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" · ")}`)).toEqual([]);
}

export { expect } from "@playwright/test";
