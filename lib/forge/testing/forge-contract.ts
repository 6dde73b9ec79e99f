import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { promiseAutoMerge } from "./contract-auto-merge.ts";
import { promiseChanges } from "./contract-changes.ts";
import { promiseDecisions } from "./contract-decisions.ts";
import { promiseFailures } from "./contract-failures.ts";
import { promiseOnce } from "./contract-once.ts";
import { promiseLargeChanges } from "./contract-large.ts";
import { promiseReading } from "./contract-reading.ts";
import { promiseRename } from "./contract-rename.ts";
import { promiseRetries } from "./contract-retries.ts";
import type { ContractWorld } from "./contract-world.ts";

/** What {@link import("../forge.ts").Forge} promises, whichever forge stands behind it. */
export function describeForgeContract(name: string, start: () => Promise<ContractWorld>): void {
  describe(`the forge contract, kept by ${name}`, () => {
    let world: ContractWorld | null = null;
    const here = (): ContractWorld => {
      if (world === null) throw new Error("not started");
      return world;
    };
    beforeAll(async () => {
      world = await start();
    });
    afterEach(() => here().clearFaults());
    afterAll(() => here().stop());

    describe("reading", () => {
      promiseReading(here);
    });
    describe("changes", () => {
      promiseChanges(here);
    });
    describe("a large change", () => {
      promiseLargeChanges(here);
    });
    describe("decisions", () => {
      promiseDecisions(here);
    });
    describe("auto-merge", () => {
      promiseAutoMerge(here);
    });
    describe("failures", () => {
      promiseFailures(here);
    });
    describe("retries", () => {
      promiseRetries(here);
    });
    describe("a repository that moved", () => {
      promiseRename(here);
    });
    describe("writes that must not happen twice", () => {
      promiseOnce(here);
    });
  });
}
