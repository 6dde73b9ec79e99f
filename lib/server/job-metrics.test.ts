import { Registry } from "prom-client";
import { expect, test } from "vitest";
import { registerJobMetrics } from "./job-metrics.ts";

test("a scrape tells of the jobs in one reading, kinds without any as 0", async () => {
  const registry = new Registry();
  let readings = 0;
  registerJobMetrics(registry, () => {
    readings += 1;
    return Promise.resolve([{ kind: "read-members", state: "dead", count: 2, oldestSeconds: 90 }]);
  });
  const text = await registry.metrics();
  expect(text).toContain('fleetwright_jobs{kind="read-members",state="dead"} 2');
  expect(text).toContain('fleetwright_jobs_oldest_seconds{kind="read-members",state="dead"} 90');
  expect(text).toContain('fleetwright_jobs{kind="verify-audit",state="queued"} 0');
  expect(readings).toBe(1);
});

test.each([
  ["fails", () => Promise.reject(new Error("gone"))],
  ["does not answer", () => new Promise<never>(() => undefined)],
])(
  "where the database %s the jobs are missing, not zero, and the scrape is answered",
  async (_name, read) => {
    const registry = new Registry();
    registerJobMetrics(registry, read);
    expect(await registry.metrics()).not.toMatch(/^fleetwright_jobs/m);
  },
);
