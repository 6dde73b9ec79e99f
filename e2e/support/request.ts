import { randomBytes } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import { expect, openPage } from "./test.ts";

export interface ClusterWish {
  template: "AKS standard" | "AKS small" | "Dev";
  name: string;
  purpose?: string;
  team?: string;
  /** Without a day to hand it back: platform engineers may, and it uses up no quota. */
  keep?: boolean;
}

/** A name nobody else uses: the journeys share one fleet. */
export const uniqueName = (stem: string): string => `${stem}-${randomBytes(3).toString("hex")}`;

export const nameField = (page: Page): Locator => page.getByRole("textbox", { name: "Name", exact: true });

export const openButton = (page: Page): Locator => page.getByRole("button", { name: "Open pull request" });

/** Chooses from a list of the form as one does by hand; the list must offer it. */
export async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: field, exact: true }).click();
  await page.getByRole("option", { name: new RegExp(`^${option.replaceAll(".", "\\.")}(?![\\w.])`) }).click();
  await expect(page.getByRole("listbox")).toHaveCount(0);
}

/** Opens the form and fills what has no default. */
export async function fillWish(page: Page, wish: ClusterWish): Promise<void> {
  await openPage(page, "/clusters/new");
  // The card is clicked, as the radio button itself is only for keyboards and screen readers.
  await page.getByText(wish.template, { exact: true }).click();
  await expect(page.getByRole("radio", { name: new RegExp(`^${wish.template} version`) })).toBeChecked();
  await nameField(page).fill(wish.name);
  if (wish.team !== undefined) await choose(page, "Team", wish.team);
  await page
    .getByRole("textbox", { name: "Purpose", exact: true })
    .fill(wish.purpose ?? "Show that the loop runs");
  if (wish.keep === true) await page.getByLabel("Hand back on").fill("");
}

/** The server has judged what stands in the form now. */
export async function expectJudged(page: Page): Promise<void> {
  await expect(page.getByText("updates as you type")).toBeVisible();
}

/** Sends the form and ends on the page of the new change; its number. */
export async function openPullRequest(page: Page): Promise<number> {
  await expectJudged(page);
  await openButton(page).click();
  await page.waitForURL(/\/changes\/\d+$/);
  return Number(new URL(page.url()).pathname.split("/").at(-1));
}

/** Asks for a cluster by form and ends on the page of its change; the number of the pull request. */
export async function requestCluster(page: Page, wish: ClusterWish): Promise<number> {
  await fillWish(page, wish);
  return openPullRequest(page);
}
