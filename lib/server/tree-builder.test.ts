import { expect, test } from "vitest";
import type { Mirror } from "../git/mirror.ts";
import { treeBuilder } from "./tree-builder.ts";

/** A mirror whose trees are empty, and what was checked out of it. */
function emptyTrees(): { mirror: Mirror; checkedOut: string[]; fail: (tree: string) => void } {
  const checkedOut: string[] = [];
  const failing = new Set<string>();
  const mirror = {
    checkoutTree(tree: string) {
      checkedOut.push(tree);
      return failing.delete(tree) ? Promise.reject(new Error("disk full")) : Promise.resolve();
    },
  } as unknown as Mirror;
  return { mirror, checkedOut, fail: (tree) => void failing.add(tree) };
}

test("a tree asked for at once or again is built once, and what was used least lately goes beyond sixteen", async () => {
  const { mirror, checkedOut } = emptyTrees();
  const build = treeBuilder(mirror, "/nowhere/kubectl");
  const [one, same] = await Promise.all([build("base"), build("base")]);
  expect(same).toBe(one);
  for (let number = 1; number <= 20; number += 1) {
    await build(String(number));
    await build("base");
  }
  expect(checkedOut.filter((tree) => tree === "base")).toHaveLength(1);
  await build("20");
  expect(checkedOut.filter((tree) => tree === "20")).toHaveLength(1);
  await build("1");
  expect(checkedOut.filter((tree) => tree === "1")).toHaveLength(2);
});

test("a build that failed is not kept", async () => {
  const { mirror, checkedOut, fail } = emptyTrees();
  const build = treeBuilder(mirror, "/nowhere/kubectl");
  fail("base");
  await expect(build("base")).rejects.toThrow("disk full");
  await expect(build("base")).resolves.toBeDefined();
  expect(checkedOut).toEqual(["base", "base"]);
});
