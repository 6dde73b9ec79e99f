import { describe, expect, test } from "vitest";
import type { Condition } from "../conditions.ts";
import { pauseInGit, pauseOf, pauseWords } from "./pause.ts";

const condition = (message: string | null, status: Condition["status"] = "True"): Condition => ({
  type: "Paused",
  status,
  reason: "Paused",
  message,
  severity: null,
  since: null,
});

describe("what pauses a cluster", () => {
  // Messages as Cluster API writes them (recordings).
  test.each([
    [condition("Cluster spec.paused is set to true"), "spec.paused"],
    [condition("Cluster has the cluster.x-k8s.io/paused annotation"), "annotation cluster.x-k8s.io/paused"],
    [
      condition("Cluster spec.paused is set to true, Cluster has the cluster.x-k8s.io/paused annotation"),
      "spec.paused and annotation cluster.x-k8s.io/paused",
    ],
    [condition("Cluster spec.paused is set to true", "False"), null],
    [condition(null), null],
  ])("is read from its condition %#", (one, words) => {
    expect(pauseWords(pauseOf([one]))).toBe(words);
  });

  test.each([
    ["spec: {paused: true}", true, false],
    ["spec: {paused: false}", false, false],
    ['spec: {paused: "true"}', false, false],
    ['metadata: {annotations: {cluster.x-k8s.io/paused: "false"}}', false, true],
    ["spec: [", false, false],
  ])("is read from its file: %s", (text, field, annotation) => {
    const file = `apiVersion: v1\nkind: Namespace\n---\napiVersion: cluster.x-k8s.io/v1beta2\nkind: Cluster\n${text}\n`;
    expect(pauseInGit(file)).toEqual({ field, annotation });
  });
});
