import { expect, openPage, test } from "./support/test.ts";

test("one object is reconciled from its page, in the person's name, and seen handled", async ({ as }) => {
  const page = await as("omar.h");
  await openPage(page, "/reconciliation?kind=GitRepository&cluster=management&sort=name");
  await page.getByRole("link", { name: "flux-system/fleet-capi", exact: true }).click();
  await expect(page.getByRole("tab", { name: "Overview" })).toBeVisible();
  await page.getByRole("button", { name: "Reconcile now" }).click();
  await expect(page.getByText("Flux was asked to reconcile 1 object")).toBeVisible();
  await expect(page.getByText("The last wish to reconcile it was handled.")).toBeVisible();
  await page.getByRole("tab", { name: "YAML" }).click();
  await expect(page.getByText("reconcile.fluxcd.io/requestedAt")).toBeVisible();
  await openPage(page, "/settings?tab=audit");
  await expect(page.getByText(/GitRepository flux-system\/fleet-capi/).first()).toBeVisible();
});

test("failing objects are found by one click, with what blocks them", async ({ as }) => {
  const page = await as("vera.s");
  await openPage(page, "/reconciliation");
  await page.getByRole("button", { name: "Failing only" }).click();
  await expect(page).toHaveURL(/state=/);
  await expect(page.getByRole("cell", { name: /Synced/ })).toHaveCount(0);
  await expect(page.getByRole("checkbox", { name: /^Choose Kustomization/ }).first()).toBeVisible();
});

test("a requester sees only the objects of his teams' clusters, and nothing of the management cluster's own", async ({
  as,
}) => {
  const page = await as("lena.k");
  const answer = await page.request.get("/api/v1/flux?size=200");
  const { rows, total } = (await answer.json()) as {
    rows: { cluster: { name: string } | null }[];
    total: number;
  };
  const mine = await page.request.get("/api/v1/clusters?size=200");
  const names = new Set(((await mine.json()) as { rows: { name: string }[] }).rows.map(({ name }) => name));
  expect(rows.length).toBeGreaterThan(0);
  for (const { cluster } of rows) expect(names).toContain(cluster?.name);
  const everything = await (await as("vera.s")).request.get("/api/v1/flux");
  const all = (await everything.json()) as { total: number; rows: { id: string; cluster: unknown }[] };
  expect(all.total).toBeGreaterThan(total);
  const own = await (await as("vera.s")).request.get("/api/v1/flux?cluster=management");
  const foreign = ((await own.json()) as { rows: { id: string }[] }).rows[0];
  expect((await page.request.get(`/api/v1/flux/${foreign?.id ?? ""}`)).status()).toBe(404);
});
