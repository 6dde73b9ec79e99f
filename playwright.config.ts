import { defineConfig } from "@playwright/test";

const executablePath = process.env["CHROMIUM"] || undefined;
const isRoot = process.getuid?.() === 0;

/**
 * Journeys that disturb nobody: they read, or work on people, clusters and pull requests of their own, and merge
 * nothing. Whatever moves the default branch or what others look at belongs to the rest, one at a time. Each names its
 * own data (`uniqueName`), and who is signed out everywhere in one of them is signed in in no other.
 */
const undisturbing = [
  ...[
    "appearance",
    "bad-input",
    "clusters",
    "keyboard",
    "one-pull-request",
    "phone",
    "reconciliation",
    "versions",
    "causes",
  ],
  ...["secrets", "settings", "sign-in"],
].map((name) => `${name}.spec.ts`);

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/e2e",
  // They share one fleet, one forge and two cores with the whole stack, yet wait for controllers most of the time.
  workers: 2,
  fullyParallel: false,
  projects: [
    { name: "in turn", testIgnore: undisturbing, workers: 1 },
    { name: "beside", testMatch: undisturbing },
  ],
  timeout: 300_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env["CI"]),
  // Slow is not wrong on a busy machine; a journey that needed its second try is reported as flaky.
  retries: process.env["CI"] ? 2 : 0,
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath,
      args: [
        ...(isRoot ? ["--no-sandbox"] : []),
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
      ],
    },
  },
});
