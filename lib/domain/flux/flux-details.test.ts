import { expect, test } from "vitest";
import { fluxDetails } from "./flux-details.ts";

test("a source says where it reads from, without the password in its address", () => {
  const spec = { url: "https://flux:hunter2@git.example/fleet.git", ref: { branch: "main", tag: "" } };
  expect(fluxDetails("GitRepository", { spec })).toEqual([
    { label: "URL", value: "https://git.example/fleet.git" },
    { label: "Branch", value: "main" },
  ]);
});

test("an address with nothing secret in it stays what it is", () => {
  const value = "ssh://git@git.example:22/fleet.git";
  expect(fluxDetails("GitRepository", { spec: { url: value } })).toEqual([{ label: "URL", value }]);
});

test.each([null, 7, [], { ref: "main" }, { url: { a: 1 } }])("an odd spec (%j) gives no lines", (spec) => {
  expect(fluxDetails("GitRepository", { spec })).toEqual([]);
});

test("a kind without particulars gives none", () => {
  expect(fluxDetails("Widget", { spec: { url: "x" } })).toEqual([]);
});
