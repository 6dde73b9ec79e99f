import { expect, it, vi } from "vitest";
import { GitError } from "../git/run-git.ts";
import { ForgeError } from "./forge.ts";

it("an error of another copy of these modules is known as one of ours: bundles hold several", async () => {
  vi.resetModules();
  const forge = await import("./forge.ts");
  const git = await import("../git/run-git.ts");
  expect(forge.ForgeError).not.toBe(ForgeError);
  expect(
    new forge.ForgeError("unavailable", "The forge is in trouble (503).", { status: 503 }),
  ).toBeInstanceOf(ForgeError);
  expect(new git.GitError(["fetch"], 128, "")).toBeInstanceOf(GitError);
  expect(new Error("no")).not.toBeInstanceOf(ForgeError);
});
