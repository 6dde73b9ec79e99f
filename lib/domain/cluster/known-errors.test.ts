import { expect, test } from "vitest";
import { causeOfHealth } from "./cause-of.ts";
import { groupTroubles, type Trouble } from "./causes.ts";
import { recogniseError } from "./known-errors.ts";

const quota =
  "Operation could not be completed as it results in exceeding approved standardDSv5Family Cores quota. " +
  "Additional details - Deployment Model: Resource Manager, Location: westeurope, Current Limit: 100, " +
  "Current Usage: 100, Additional Required: 24, (Minimum) New Limit Required: 124. Submit a request for Quota increase.";

test.each([
  [`QuotaExceeded ${quota}`, "Azure quota used up"],
  ["SkuNotAvailable: Standard_D8s_v5", "Azure does not offer this size here"],
  [
    "failed to checkout and determine revision: authentication required",
    "The Git server refuses Flux’s credentials",
  ],
  [`variable not set (strict mode): "REGION"`, "Variable REGION is not set"],
  ["kustomization path not found: stat /tmp/kustomization-1/apps", "The directory is missing in Git"],
])("%s is told in plain words", (message, title) => {
  expect(recogniseError(message)?.title).toBe(title);
});

test("what nobody knows is not guessed at", () => {
  expect(recogniseError("something else entirely")).toBeNull();
  expect(recogniseError(null)).toBeNull();
});

const trouble = (name: string, more: Partial<Trouble> = {}): Trouble => ({
  key: "azure-quota",
  tone: "failed",
  rank: 1,
  word: "Failed",
  title: "Azure quota used up",
  since: "2026-11-24T16:00:00.000Z",
  message: quota,
  cluster: { slug: name, name },
  objects: [],
  waiting: [],
  ...more,
});

test("the same Azure error on nine clusters is one line, with its numbers and what to do", () => {
  const names = Array.from({ length: 9 }, (_, index) => `prod-weu-${String(index + 1)}`);
  const groups = groupTroubles(names.map((name) => trouble(name)));
  expect(groups).toHaveLength(1);
  expect(groups[0]?.clusters).toHaveLength(9);
  expect(groups[0]?.sentence.map(({ text }) => text).join("")).toBe(
    "prod-weu-1, prod-weu-2 and 7 more · needs 24 more cores of standardDSv5Family in westeurope, " +
      "where 100 of 100 are used. Ask for more or pick another size.",
  );
});

test("what waits is folded into what it waits for, names alone in mono", () => {
  const [group] = groupTroubles([
    trouble("prod-uks-2", {
      objects: ["infrastructure"],
      word: "Unhealthy",
      waiting: ["applications", "policies"],
    }),
  ]);
  expect(group?.sentence.filter(({ kind }) => kind === "code").map(({ text }) => text)).toEqual([
    "infrastructure",
    "applications",
    "policies",
  ]);
});

test.each([
  ["the same family and region", quota, 1],
  ["another region", quota.replace("westeurope", "eastus"), 2],
  ["another family", quota.replace("standardDSv5Family", "standardESv5Family"), 2],
  ["other numbers", quota.replaceAll("24", "8"), 1],
])("two clusters without quota, the second in %s", (_name, message, lines) => {
  const of = (name: string, text: string) =>
    trouble(name, { key: causeOfHealth("Failed", "QuotaExceeded", text).key, message: text });
  const groups = groupTroubles([of("prod-weu-1", quota), of("prod-eus-1", message)]);
  expect(groups).toHaveLength(lines);
});

test("a cause of many objects names the management cluster, each cluster once, and every object", () => {
  const message =
    "failed to checkout and determine revision: unable to list remote for 'http://git.example/fleet.git': dial tcp " +
    "10.0.0.1:80: connect: connection refused";
  const failing = (objects: string[], cluster: Trouble["cluster"]) =>
    trouble("", { objects, cluster, message, word: "Failing", title: "Git repository cannot be fetched" });
  const dev = { slug: "dev-1", name: "dev-1" };
  const [group] = groupTroubles([failing(["a"], null), failing(["b"], dev), failing(["b"], dev)]);
  expect(group?.clusters).toEqual([dev]);
  expect(group?.sentence.map(({ text }) => text).join("")).toBe(
    "the management cluster and dev-1 · a and b failing: connection refused by git.example. " +
      "What was fetched last stays applied.",
  );
});
