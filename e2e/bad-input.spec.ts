import type { Page } from "@playwright/test";
import { parseAllDocuments } from "yaml";
import { forgeAs } from "./support/forge.ts";
import { bareGit } from "./support/git.ts";
import { closeByHand, pullsTitled } from "./support/pulls.ts";
import {
  choose,
  expectJudged,
  fillWish,
  nameField,
  openButton,
  openPullRequest,
  uniqueName,
} from "./support/request.ts";
import { expect, test } from "./support/test.ts";

const form = /^Small letters, digits and dashes, a letter first/;
const names: [string, RegExp][] = [
  ["../x", form],
  ["a b", form],
  ["<script>alert(1)</script>", form],
  ["x: {y}", form],
  ["$(id)", form],
  ["dev-1\\nevil", form],
  ["clüster", form],
  ["Dev-1", form],
  ["a".repeat(40), /^At most 32 characters; this has 40/],
  ["kube-system", /is reserved/],
  ["prod-eus-1", /exists/],
];

/** Any dialog a page opens is somebody's script that ran. */
function failOnDialog(page: Page): void {
  page.on("dialog", (dialog) => {
    throw new Error(`a script ran: ${dialog.message()}`);
  });
}

test("a name that cannot be is refused beside its field, and no pull request comes of it", async ({ as }) => {
  const page = await as("omar.h");
  failOnDialog(page);
  await fillWish(page, { template: "Dev", team: "platform", name: "placeholder", keep: true });
  for (const [name, sentence] of names) {
    await test.step(name, async () => {
      const before = await pullsTitled(`Create ${name}`);
      await nameField(page).fill(name);
      await expect(nameField(page)).toHaveAccessibleDescription(sentence);
      await expect(nameField(page)).toHaveAttribute("aria-invalid", "true");
      await expectJudged(page);
      await openButton(page).click();
      await expect(nameField(page)).toBeFocused();
      await expect(page).toHaveURL(/\/clusters\/new/);
      expect(await pullsTitled(`Create ${name}`)).toEqual(before);
    });
  }
});

test("only what the region offers can be chosen; what it stops offering is said beside the field", async ({
  as,
}) => {
  const page = await as("omar.h");
  await fillWish(page, {
    template: "AKS small",
    team: "platform",
    name: uniqueName("e2e-offer"),
    keep: true,
  });
  await choose(page, "Region", "westeurope");
  await choose(page, "Kubernetes", "v1.34.3");
  await choose(page, "Node size", "Standard_E8s_v5");
  await choose(page, "Region", "uksouth");
  await expect(page.getByRole("combobox", { name: "Kubernetes" })).toHaveText(/v1\.34\.5/);
  await expect(page.getByRole("combobox", { name: "Node size" })).toHaveAccessibleDescription(
    /^Not offered in uksouth/,
  );
  await page.getByRole("combobox", { name: "Kubernetes" }).click();
  await expect(page.getByRole("option")).toHaveText([/^v1\.34\.5/, /^v1\.33\.9/]);
});

test("a version slipped past the form is refused by the server, and nothing is opened", async ({ as }) => {
  const page = await as("omar.h");
  const name = uniqueName("e2e-forged");
  await fillWish(page, { template: "Dev", team: "platform", name, keep: true });
  await expectJudged(page);
  await page.route("**/clusters/new**", async (route) => {
    const data = route.request().postData() ?? "";
    if (!data.includes("idempotencyKey")) return route.fallback();
    await route.continue({ postData: data.replace(/v1\.\d+\.\d+/, "v1.20.0") });
  });
  await openButton(page).click();
  await expect(page.getByRole("alert").getByText(/Nothing was sent/)).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Kubernetes" })).toHaveAccessibleDescription(/v1\.34\.5/);
  expect(await pullsTitled(`Create ${name}`)).toEqual([]);
});

test("ranges that overlap are refused: its own, and another cluster's node subnet", async ({ as }) => {
  const page = await as("omar.h");
  await fillWish(page, {
    template: "AKS standard",
    team: "platform",
    name: uniqueName("e2e-range"),
    keep: true,
  });
  await choose(page, "Region", "westeurope");
  await page.getByRole("button", { name: /^Network, identity, add-ons/ }).click();
  const services = page.getByRole("textbox", { name: "Service range" });
  await services.fill("10.244.0.0/16");
  await expect(services).toHaveAccessibleDescription(/^Overlaps the cluster's own pod range/);
  await services.fill("172.16.0.0/16");
  await expect(services).not.toHaveAttribute("aria-invalid", "true");
  const taken = /node-cidr: "?([\d./]+)/.exec(
    await bareGit("show", "main:clusters/prod-weu-1/cluster.yaml"),
  )?.[1];
  const nodes = page.getByRole("textbox", { name: /^Node subnet's range/ });
  await nodes.fill(taken ?? "none found");
  await page
    .getByRole("textbox", { name: /^Node subnet(?!')/ })
    .fill(
      "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/corp/providers/Microsoft.Network/virtualNetworks/corp/subnets/e2e",
    );
  await expect(nodes).toHaveAccessibleDescription(/^Overlaps.*prod-weu-1/);
});

test("a hostile purpose stays text: in the YAML, on the forge and on screen", async ({ as }) => {
  const page = await as("omar.h");
  failOnDialog(page);
  const name = uniqueName("e2e-text");
  const typed = `"it's" \${X} $(id) --> <img src=x onerror=alert(1)> {{y}} | # - : @acme/owners BREAK`;
  const purpose = typed.replace("BREAK", "\nevil: true");
  await fillWish(page, { template: "Dev", team: "platform", name, keep: true, purpose: typed });
  await page.route("**/clusters/new**", async (route) => {
    const data = route.request().postData() ?? "";
    if (!data.includes("idempotencyKey")) return route.fallback();
    await route.continue({ postData: data.replace("BREAK", "\\nevil: true") });
  });
  const number = await openPullRequest(page);
  await expect(page.getByText("<img src=x onerror=alert(1)>").first()).toBeVisible();
  await expect(page.locator("img[src=x]")).toHaveCount(0);

  const { octokit, owner, repo } = forgeAs("omar.h");
  const { data: pull } = await octokit.pulls.get({ owner, repo, pull_number: number });
  const [first] = parseAllDocuments(await bareGit("show", `${pull.head.sha}:clusters/${name}/cluster.yaml`));
  const cluster: unknown = first?.toJS();
  expect(cluster).toMatchObject({ metadata: { annotations: { "fleetwright.dev/purpose": purpose } } });
  expect(cluster).not.toHaveProperty("evil");
  expect(pull.body?.match(/<!--/g), "one comment, ours").toHaveLength(1);
  expect(pull.body).not.toMatch(/<img/);
  await page.goto(pull.html_url);
  await expect(page.locator("img[src=x]")).toHaveCount(0);
  await closeByHand("omar.h", number);
});
