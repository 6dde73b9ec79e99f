import { kubectl } from "./support/kubectl.ts";
import { expect, test } from "./support/test.ts";

interface ListAnswer {
  matched: number;
  total: number;
  rows: { name: string; mark: { word: string }; team: string | null }[];
}

test("filter, search and sort are in the URL, and back works", async ({ as }) => {
  const page = await as("vera.s");
  await page.goto("/clusters");
  const rows = page.getByRole("row").filter({ has: page.getByRole("link") });
  await expect(rows.first()).toBeVisible();
  await page.getByPlaceholder(/Filter by name/).fill("weu");
  await expect(page).toHaveURL(/text=weu/);
  await expect(page.getByRole("link", { name: "prod-eus-1", exact: true })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "prod-weu-1", exact: true })).toBeVisible();
  await page.getByRole("checkbox", { name: /^staging/ }).check();
  await expect(page).toHaveURL(/environment=staging/);
  await expect(page.getByRole("link", { name: "prod-weu-1", exact: true })).toHaveCount(0);
  const address = page.url();
  await page.getByRole("link", { name: "stage-weu-1", exact: true }).click();
  await expect(page).toHaveURL(/\/clusters\/stage-weu-1/);
  await page.goBack();
  await expect(page).toHaveURL(address);
  await expect(page.getByRole("link", { name: "stage-weu-1", exact: true })).toBeVisible();
});

test("trouble is found by the text of its error", async ({ as }) => {
  const page = await as("vera.s");
  await page.goto("/clusters?text=quota");
  await expect(page.getByRole("link", { name: "prod-weu-3", exact: true })).toBeVisible();
});

test("kubectl lists the same clusters as the portal, save those only requested", async ({ as }) => {
  const page = await as("vera.s");
  const live = (await kubectl("get", "clusters.cluster.x-k8s.io", "-A", "-o", "name"))
    .trim()
    .split("\n")
    .map((line) => line.split("/")[1]);
  const answer = await page.request.get("/api/v1/clusters?size=200");
  const { rows } = (await answer.json()) as ListAnswer;
  const shown = rows.filter((row) => row.mark.word !== "Requested").map((row) => row.name);
  expect(shown.sort()).toEqual(live.sort());
});

test("a requester sees and counts only his teams' clusters", async ({ as }) => {
  const page = await as("lena.k");
  const { rows, total } = (await (await page.request.get("/api/v1/clusters?size=200")).json()) as ListAnswer;
  expect(rows.length).toBeGreaterThan(0);
  expect(new Set(rows.map((row) => row.team))).toEqual(new Set(["payments"]));
  expect(total).toBe(rows.length);
  expect((await page.request.get("/api/v1/clusters/prod-weu-3")).status()).toBe(404);
});

test("the believable share of trouble is there, each in its own word", async ({ as }) => {
  const page = await as("vera.s");
  const { rows } = (await (await page.request.get("/api/v1/clusters?size=200")).json()) as ListAnswer;
  const word = (name: string) => rows.find((row) => row.name === name)?.mark.word;
  await expect.poll(() => word("prod-weu-3")).toBe("Failed");
  expect(word("dev-weu-2")).toBe("Suspended");
  expect(word("stage-uks-2")).toBe("Paused");
  expect(word("dev-uks-2")).toBe("Unreachable");
  expect(rows.filter((row) => row.mark.word === "Healthy").length).toBeGreaterThan(35);
});
