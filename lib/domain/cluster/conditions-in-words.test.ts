import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readConditions, type Condition, type ConditionStatus } from "../conditions.ts";
import { conditionPhrases } from "./condition-phrases.ts";
import { conditionsInWords, sayCondition } from "./conditions-in-words.ts";
import { replayClusters } from "./fixtures/replay.ts";

const directory = new URL("./fixtures/", import.meta.url);
const recordings = readdirSync(directory).filter((name) => name.endsWith(".jsonl"));
const statuses: ConditionStatus[] = ["True", "False", "Unknown"];
const condition = (type: string, more: Partial<Condition> = {}): Condition => ({
  type,
  status: "True",
  reason: null,
  message: null,
  severity: null,
  since: null,
  ...more,
});

/** All lists of conditions anywhere in an object: either contract's, current and deprecated. */
function conditionsOf(value: unknown): Condition[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    key === "conditions" ? readConditions(one) : conditionsOf(one),
  );
}

test.each(recordings)("no condition that real controllers set lacks a sentence: %s", (name) => {
  const types = new Set<string>();
  for (const { objects } of replayClusters(readFileSync(new URL(name, directory), "utf8"))) {
    for (const object of objects.values())
      for (const { type } of conditionsOf(object.status)) types.add(type);
  }
  expect(types.size).toBeGreaterThan(10);
  expect([...types].filter((type) => !(type in conditionPhrases))).toEqual([]);
});

test.each(Object.keys(conditionPhrases))(
  "%s has a sentence of its own for True and False, and one for Unknown",
  (type) => {
    const said = statuses.map((status) => sayCondition(condition(type, { status })).sentence);
    expect(new Set(said).size).toBe(3);
    for (const sentence of said) expect(sentence).toMatch(/^[A-Z].*\.$|^etcd .*\.$/);
  },
);

test("the reporter's own words follow ours", () => {
  const said = sayCondition(condition("WorkersAvailable", { status: "False", message: "0 of 3 replicas" }));
  expect(said.sentence).toBe("Too few workers are available. 0 of 3 replicas");
});

test.each([
  ["Info", "progress"],
  ["Warning", "attention"],
  ["Error", "failed"],
])("an older condition's severity %s is shown as %s", (severity, tone) => {
  expect(sayCondition(condition("Ready", { status: "False", severity })).mark.tone).toBe(tone);
});

test.each([
  ["BackupReady", "Backup ready"],
  ["DNSRecordPublished", "DNS record published"],
  ["example.com/Thing", "example.com/Thing"],
])("a type nobody knows (%s) is shown under its own name, without a verdict", (type, label) => {
  const said = sayCondition(condition(type, { message: "as it says" }));
  expect(said).toMatchObject({ label, mark: { tone: "waiting", word: "True" }, sentence: "as it says" });
});

test("what happens comes only while it does, what is quiet only while it is not well, Azure last", () => {
  const shown = conditionsInWords([
    condition("ManagedCluster/dev-1"),
    condition("BackupReady"),
    condition("RollingOut", { status: "False" }),
    condition("ScalingUp"),
    condition("WorkerMachinesReady"),
    condition("ControlPlaneMachinesReady", { status: "False" }),
    condition("Available"),
  ]);
  expect(shown.map(({ label }) => label)).toEqual([
    "Available",
    "Control-plane machines",
    "Scaling up",
    "Backup ready",
    "Azure managed cluster dev-1",
  ]);
});
