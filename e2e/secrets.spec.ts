import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "@playwright/test";
import { expectKnown } from "./support/change.ts";
import { readDemo } from "./support/demo.ts";
import { closeByHand, openByHand } from "./support/pulls.ts";
import { uniqueName } from "./support/request.ts";
import { expect, test } from "./support/test.ts";

const dir = dirname(process.env["FLEETWRIGHT_DEMO"] ?? ".sandbox/demo.json");
const read = (...path: string[]): string => readFileSync(join(dir, ...path), "utf8");

/** Every text inside, but what is public. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  const open = ["clientId", "recipient", "seededAt"];
  return Object.entries(value).flatMap(([name, one]) => (open.includes(name) ? [] : textsIn(one)));
}

/** The demo's secrets: forge tokens, the App's key, webhook secrets, kubeconfigs' tokens and keys, our own secret. */
function plantedSecrets(): string[] {
  const state = textsIn(JSON.parse(read("sandbox/seed.json")));
  const kubeconfigs = readFileSync(readDemo().kubeconfig, "utf8") + read("sandbox/portal.kubeconfig");
  const inKubeconfigs = [...kubeconfigs.matchAll(/(?:token|client-key-data): "?([\w.+/=-]{16,})/g)];
  const lines = [...state, ...inKubeconfigs.map(([, found = ""]) => found), read("secret")]
    // Of a PEM key each line by itself, as JSON and HTML would break it.
    .flatMap((text) => text.split("\n"))
    .filter((line) => line.length >= 16 && !line.startsWith("-----"));
  return [...new Set(lines)];
}

/** Names no secret itself: a report must not be the leak. */
function expectClean(text: string, secrets: string[], where: string): void {
  const found = secrets.filter((secret) => text.includes(secret));
  expect(
    found.map((secret) => `${secret.slice(0, 6)}… (${String(secret.length)})`),
    where,
  ).toEqual([]);
}

/** Everything the portal sends while `page` is open; streams of events have no end and are asked for apart. */
function record(page: Page): () => Promise<string[]> {
  const bodies: Promise<string>[] = [];
  page.on("response", (response) => {
    const { url, type } = { url: response.url(), type: response.headers()["content-type"] ?? "" };
    if (!url.startsWith(readDemo().portal) || type.startsWith("text/event-stream")) return;
    if (!/^(text|application)\//.test(type)) return;
    bodies.push(
      response.text().then(
        (text) => `${url}\n${text}`,
        () => "",
      ),
    );
  });
  return () => Promise.all(bodies);
}

/** One page of each kind is enough: `/clusters/prod-eus-1` stands for all clusters. */
const shapeOf = (path: string): string =>
  path.replace(/[?#].*$/, "").replace(/^\/(clusters|changes|commits|reconciliation)\/(?!new$)[^/]+/, "/$1/*");

async function visitAll(page: Page, visit: (path: string) => Promise<void>): Promise<Set<string>> {
  const seen = new Set(["/"]);
  const waiting = ["/"];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    await visit(path);
    const links = await page
      .locator("a[href^='/']")
      .evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
    for (const link of links) {
      if (seen.has(shapeOf(link)) || /^\/(api|sign-in)/.test(link)) continue;
      seen.add(shapeOf(link));
      waiting.push(link);
    }
  }
  return seen;
}

test("no page, answer or log line of the portal holds one of the demo's secrets", async ({ as }) => {
  const secrets = plantedSecrets();
  expect(secrets.length, "secrets to look for").toBeGreaterThan(20);
  const page = await as("omar.h");
  const title = uniqueName("Look for secrets");
  const number = await openByHand("omar.h", {
    title,
    files: { [`${title.replaceAll(" ", "-")}.md`]: "x\n" },
  });
  await expectKnown(page, number);
  const bodies = record(page);
  const seen = await visitAll(page, async (path) => {
    await page.goto(path);
    await expect(page.getByRole("heading").first()).toBeVisible();
    expectClean(await page.content(), secrets, path);
    const payload = await page.request.get(path, { headers: { rsc: "1" } });
    expectClean(await payload.text(), secrets, `the payload of ${path}`);
  });
  for (const path of ["/", "/clusters", "/clusters/*", "/clusters/new", "/changes", "/changes/*"])
    expect([...seen]).toContain(path);

  for (const path of [
    "/no-such-page",
    "/changes/999999",
    "/clusters/no-such-cluster",
    "/sign-in?error=Callback",
  ]) {
    await page.goto(path);
    expectClean(await page.content(), secrets, path);
  }
  const views = ["shell", "fleet", "clusters", "changes", "changes/x"].map((name) => `/api/v1/${name}`);
  for (const path of [...views, "/api/auth/session", "/api/healthz", "/api/readyz", "/api/metrics"]) {
    const response = await page.request.get(path);
    expectClean((await response.text()) + JSON.stringify(response.headers()), secrets, path);
  }
  for (const body of await bodies()) expectClean(body, secrets, body.split("\n")[0] ?? "");

  await closeByHand("omar.h", number);
  const log = read("logs/portal.log");
  expect(log, "the portal's log").toContain("signed in");
  expectClean(log, secrets, "the portal's log");
});
