import { kubectl } from "./support/kubectl.ts";
import { expect, openPage, test } from "./support/test.ts";

interface ListAnswer {
  matched: number;
  total: number;
  rows: { name: string; mark: { word: string }; team: string | null }[];
}

test("filter, search and sort are in the URL, and back works", async ({ as }) => {
  const page = await as("vera.s");
  await openPage(page, "/clusters");
  await page.getByPlaceholder(/Filter by name/).fill("weu");
  await expect(page).toHaveURL(/text=weu/);
  await expect(page.getByRole("link", { name: "prod-eus-1", exact: true })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "prod-weu-1", exact: true })).toBeVisible();
  await page.getByRole("button", { name: /^staging/ }).click();
  await expect(page).toHaveURL(/environment=staging/);
  await expect(page.getByRole("link", { name: "prod-weu-1", exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: "Cluster", exact: true }).click();
  await expect(page).toHaveURL(/sort=name/);
  await expect(page.getByRole("columnheader", { name: "Cluster" })).toHaveAttribute("aria-sort", "ascending");
  const address = page.url();
  await page.getByRole("link", { name: "stage-weu-1", exact: true }).click();
  await expect(page).toHaveURL(/\/clusters\/stage-weu-1/);
  await page.goBack();
  await expect(page).toHaveURL(address);
  await expect(page.getByRole("link", { name: "stage-weu-1", exact: true })).toBeVisible();
});

test("trouble is found by the text of its error", async ({ as }) => {
  const page = await as("vera.s");
  await openPage(page, "/clusters?text=quota");
  await expect(page.getByRole("link", { name: "prod-weu-3", exact: true })).toBeVisible();
});

test("kubectl lists the same clusters as the portal, save those only requested", async ({ as }) => {
  const page = await as("vera.s");
  // Other journeys make clusters meanwhile: the two agree again as soon as an answer is of the same moment.
  await expect(async () => {
    const live = (await kubectl("get", "clusters.cluster.x-k8s.io", "-A", "-o", "name"))
      .trim()
      .split("\n")
      .map((line) => line.split("/")[1]);
    const answer = await page.request.get("/api/v1/clusters?size=200");
    const { rows } = (await answer.json()) as ListAnswer;
    const shown = rows.filter(({ mark }) => mark.word !== "Requested").map(({ name }) => name);
    expect(shown.sort()).toEqual(live.sort());
  }).toPass({ timeout: 60_000 });
});

test("a requester sees and counts only his teams' clusters", async ({ as }) => {
  const page = await as("lena.k");
  const { rows, total } = (await (await page.request.get("/api/v1/clusters?size=200")).json()) as ListAnswer;
  expect(rows.length).toBeGreaterThan(0);
  expect(new Set(rows.map((row) => row.team))).toEqual(new Set(["payments"]));
  expect(total).toBe(rows.length);
  const everything = await (await as("vera.s")).request.get("/api/v1/clusters?size=200");
  const foreign = ((await everything.json()) as ListAnswer).rows.find(({ team }) => team !== "payments");
  expect((await page.request.get(`/api/v1/clusters/${foreign?.name ?? ""}`)).status()).toBe(404);
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

test("a view is kept under a name, opened again, exported and deleted", async ({ as }) => {
  const page = await as("vera.s");
  await openPage(page, "/clusters?environment=staging");
  await page.getByRole("button", { name: "Group", exact: true }).click();
  await page.getByRole("menuitemradio", { name: "Region" }).click();
  await expect(page).toHaveURL(/group=region/);
  await expect(page.getByRole("rowheader", { name: /westeurope/ })).toBeVisible();
  await page.getByRole("button", { name: "Views", exact: true }).click();
  await page.getByRole("menuitem", { name: "Keep this view…" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Staging by region");
  await page.getByRole("button", { name: "Keep view" }).click();
  await expect(page.getByText("View Staging by region kept")).toBeVisible();
  await openPage(page, "/clusters");
  await page.getByRole("button", { name: "Views", exact: true }).click();
  await page.getByRole("menuitem", { name: /^Staging by region/ }).click();
  await expect(page).toHaveURL(/environment=staging.*group=region|group=region.*environment=staging/);
  const csv = await page.request.get("/api/v1/clusters/export?format=csv&environment=staging");
  expect(csv.headers()["content-disposition"]).toContain("clusters.csv");
  const lines = (await csv.text()).trim().split("\n");
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines.slice(1)) expect(line).toContain(",staging,");
  await page.getByRole("button", { name: "Views", exact: true }).click();
  await page.getByRole("menuitem", { name: "Delete view Staging by region" }).click();
  await expect(page.getByText("View Staging by region deleted")).toBeVisible();
});
