import { mkdir, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { BuiltPath } from "../../domain/protect/built-path.ts";
import type { Finding } from "../../domain/protect/finding.ts";
import { judgeFleetChange } from "../../domain/protect/judge-fleet-change.ts";
import { buildTree } from "../../kustomize/build-tree.ts";
import { seededFleet, type SeededFleet } from "../../../sandbox/fleet/testing/seeded-fleet.ts";
import { kubectlPath } from "../../../scripts/tools.ts";
import { innocentChanges } from "./testing/innocent-changes.ts";
import { removalChanges } from "./testing/removal-changes.ts";
import { renameChanges } from "./testing/rename-changes.ts";
import { merge, type Edit, type Files, type RepositoryChange } from "./testing/repository-change.ts";
import { switchChanges } from "./testing/switch-changes.ts";

let fleet: SeededFleet;
let kubectl: string;
let base: readonly BuiltPath[];

const built = async (): Promise<readonly BuiltPath[]> =>
  (await buildTree({ kubectl, dir: fleet.checkout })).results;

beforeAll(async () => {
  kubectl = await kubectlPath();
  fleet = await seededFleet(6);
  base = await built();
}, 120_000);
afterEach(async () => {
  for (const path of touched) await put(path, fleet.files[path] ?? null);
  touched.clear();
});
afterAll(() => fleet.close());

const touched = new Set<string>();

/** Writes or removes a file of the checkout; as in Git, no directory stays empty. */
async function put(path: string, content: string | null): Promise<void> {
  const file = join(fleet.checkout, path);
  if (content === null) {
    await rm(file, { force: true });
    await rmdir(dirname(file)).catch(() => undefined);
    return;
  }
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

async function apply(edit: Edit, files: Files): Promise<Files> {
  const changes = edit(files);
  for (const [path, content] of Object.entries(changes)) {
    touched.add(path);
    await put(path, content);
  }
  return merge(files, changes);
}

async function judged({ before, edit }: RepositoryChange): Promise<Finding[]> {
  const files = before ? await apply(before, fleet.files) : fleet.files;
  const from = before ? await built() : base;
  expect(from.filter(({ ok }) => !ok)).toEqual([]);
  await apply(edit, files);
  return judgeFleetChange(from, await built()).filter(({ severity }) => severity === "fail");
}

describe("a change that takes nothing away", () => {
  it.each(innocentChanges)("passes: $name", async (change) => {
    expect(await judged(change)).toEqual([]);
  });
});

const dangerous = [...removalChanges, ...renameChanges, ...switchChanges];

describe("a change that would take something away", () => {
  it.each(dangerous)("is refused: $name", async (change) => {
    const found = await judged(change);
    const [first] = found;
    const { sentence, cluster, rules } = change;
    expect({
      first: first?.sentence,
      cluster: first?.cluster,
      rules: [...new Set(found.map(({ rule }) => rule))],
    }).toEqual({
      first: sentence,
      cluster,
      rules,
    });
  });
});
