import { kubectl } from "./support/kubectl.ts";
import { expect, openPage, test } from "./support/test.ts";

test("what happens in a cluster is on open pages within seconds, without a reload", async ({ as }) => {
  const page = await as("vera.s");
  await openPage(page, "/clusters/stage-eus-1");
  await expect(page.getByRole("heading", { name: "stage-eus-1" })).toBeVisible();
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  const suspend = (value: boolean) =>
    kubectl(
      ...["--context", "stage-eus-1", "-n", "flux-system", "patch", "kustomizations", "applications"],
      ...["--type", "merge", "--field-manager", "vera", "-p", JSON.stringify({ spec: { suspend: value } })],
    );
  await suspend(true);
  try {
    await expect(page.getByText("Suspended").first()).toBeVisible({ timeout: 5_000 });
  } finally {
    await suspend(false);
  }
  await expect(page.getByText("Healthy").first()).toBeVisible({ timeout: 90_000 });
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
});
