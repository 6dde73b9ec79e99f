import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { readDemo } from "./demo.ts";

/** Signs in by the sign-in page and the forge's own page, as a person does. */
export async function signIn(page: Page, login: string): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: /^Sign in with/ }).click();
  await page.getByRole("button", { name: new RegExp(`^${login.replaceAll(".", "\\.")}\\b`) }).click();
  await page.waitForURL(
    (url) => url.href.startsWith(readDemo().portal) && !url.pathname.startsWith("/sign-in"),
  );
}

type State = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** Sessions of this worker, made once per person. */
const sessions = new Map<string, State>();

/** A page of a person who is signed in, in a browser of its own. */
async function pageAs(browser: Browser, login: string): Promise<Page> {
  const context = await browser.newContext({ storageState: sessions.get(login) });
  const page = await context.newPage();
  if (!sessions.has(login)) {
    await signIn(page, login);
    sessions.set(login, await context.storageState());
  }
  return page;
}

/** Opens a page and waits until it follows by itself: from then on it answers to clicks and keys. */
export async function openPage(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("status").getByText("live", { exact: true })).toBeVisible();
}

interface Fixtures {
  /** Opens a browser of its own for a person, signed in. */
  as: (login: string) => Promise<Page>;
}

export const test = base.extend<Fixtures>({
  // A click that waits longer than this will not come to pass: say so before the whole test is over.
  actionTimeout: 20_000,
  baseURL: readDemo().portal,
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
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" · ")}`)).toEqual(
    [],
  );
}

export { expect } from "@playwright/test";
