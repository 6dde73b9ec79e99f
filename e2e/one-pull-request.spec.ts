import type { Page, Request } from "@playwright/test";
import { closeByHand, pullsTitled } from "./support/pulls.ts";
import { expectJudged, fillWish, openButton, uniqueName } from "./support/request.ts";
import { expect, test } from "./support/test.ts";

const isSubmission = (request: Request): boolean =>
  request.method() === "POST" && (request.postData()?.includes("idempotencyKey") ?? false);

async function expectOnePull(page: Page, name: string): Promise<void> {
  await page.waitForURL(/\/changes\/\d+$/);
  const numbers = await pullsTitled(`Create ${name}`);
  expect(numbers).toEqual([Number(new URL(page.url()).pathname.split("/").at(-1))]);
  await closeByHand("omar.h", numbers[0] ?? 0);
}

test("a double click opens one pull request", async ({ as }) => {
  const page = await as("omar.h");
  const name = uniqueName("e2e-twice");
  await fillWish(page, { template: "Dev", team: "platform", name, keep: true });
  await expectJudged(page);
  await openButton(page).dblclick();
  await expectOnePull(page, name);
});

test("sending again after a lost answer leads to the same pull request, with nothing typed anew", async ({
  as,
}) => {
  const page = await as("omar.h");
  const name = uniqueName("e2e-lost");
  await fillWish(page, { template: "Dev", team: "platform", name, keep: true });
  await expectJudged(page);
  await page.route("**/clusters/new**", async (route) => {
    if (!isSubmission(route.request())) return route.fallback();
    await route.fetch();
    await route.abort();
  });
  await openButton(page).click();
  await expect(page.getByRole("alert").getByText(/did not answer/)).toBeVisible();
  expect(await pullsTitled(`Create ${name}`)).toHaveLength(1);
  await page.unrouteAll();
  await openButton(page).click();
  await expectOnePull(page, name);
});
