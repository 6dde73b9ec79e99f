import { expect, test } from "vitest";
import { planTrees } from "./plan-trees.ts";

const limits = { callBytes: 100, callEntries: 4, inlineBytes: 50 };
const small = "x".repeat(10);

test("few small files are one call", () => {
  const plan = planTrees({ a: small, b: small, c: null }, limits);
  expect(plan.blobs).toEqual([]);
  expect(plan.calls.map((call) => call.map(({ path }) => path))).toEqual([["a", "b", "c"]]);
});

test("more entries than a call may have are several, deletions first, none lost", () => {
  const files = Object.fromEntries(
    Array.from({ length: 9 }, (_, i) => [`f${String(i)}`, i === 8 ? null : "x"]),
  );
  const paths = planTrees(files, limits).calls.map((call) => call.map(({ path }) => path));
  expect(paths).toEqual([["f8", "f0", "f1", "f2"], ["f3", "f4", "f5", "f6"], ["f7"]]);
});

test("more content than a call may have is several, none above the limit", () => {
  const files = Object.fromEntries(["a", "b", "c", "d"].map((path) => [path, "x".repeat(40)]));
  const { blobs, calls } = planTrees(files, limits);
  expect(blobs).toEqual([]);
  expect(calls.map((call) => call.length)).toEqual([2, 2]);
});

test("a large file is a blob of its own and takes no room beside its path", () => {
  const large = "ä".repeat(40);
  const { blobs, calls } = planTrees({ a: small, large, b: small, c: small, d: small }, limits);
  expect(blobs).toEqual([large]);
  expect(calls.map((call) => call.map(({ path }) => path))).toEqual([["a", "large", "b", "c"], ["d"]]);
});

test("no files are still one call: the tree is asked for", () => {
  expect(planTrees({}, limits)).toEqual({ blobs: [], calls: [[]] });
});
