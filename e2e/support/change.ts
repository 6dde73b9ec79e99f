import type { Locator, Page } from "@playwright/test";
import { expect, openPage } from "./test.ts";

/** A step of the way from request to Ready, by the words it has once it is done. */
const step = (page: Page, words: RegExp): Locator =>
  page
    .getByRole("listitem")
    .filter({ hasText: words })
    .filter({ has: page.getByRole("img", { name: "Done", exact: true }) });

/** The portal has heard of a pull request that was opened elsewhere. */
export async function expectKnown(page: Page, number: number): Promise<void> {
  await expect
    .poll(async () => (await page.request.get(`/api/v1/changes/${String(number)}`)).status(), {
      timeout: 90_000,
    })
    .toBe(200);
}

/** Our checks of this change have ended and nothing but an approval is missing. */
export async function expectChecked(page: Page): Promise<void> {
  await expect(page.getByText("Waits for approval", { exact: true }).first()).toBeVisible({
    timeout: 60_000,
  });
}

/** Approves and merges as a person does, once he has seen what the checks say. */
export async function approveAndMerge(page: Page, number: number): Promise<void> {
  await openPage(page, `/changes/${String(number)}`);
  await expectChecked(page);
  await page.getByRole("button", { name: "Approve and merge" }).click();
  await expect(page.getByText("Merged", { exact: true }).first()).toBeVisible({ timeout: 90_000 });
}

/** Marks the document, so that a later look can tell a reload from an update. */
export async function markDocument(page: Page): Promise<void> {
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
}

export async function expectSameDocument(page: Page): Promise<void> {
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
}

/** Every step of a new cluster gets done on this page, in its order and by itself. */
export async function expectJourneyDone(page: Page): Promise<void> {
  const words = [
    /^#\d+ merged by /,
    /^Fetched by Flux/,
    /^Applied to the management cluster/,
    /^Infrastructure provisioned/,
    /^Control plane ready/,
    /^Flux running/,
    /^Applications ready/,
  ];
  for (const each of words) await expect(step(page, each)).toBeVisible({ timeout: 240_000 });
}
