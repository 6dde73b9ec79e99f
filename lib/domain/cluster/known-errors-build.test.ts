import { expect, test } from "vitest";
import { firstSentence } from "./cause-of.ts";
import { recogniseError } from "./known-errors.ts";

const dir = "/tmp/kustomization-1969244031";
/** What kustomize says of a resource that is not there. */
const lacks = (entry: string, path: string) =>
  `accumulating resources: accumulation err='accumulating resources from '${entry}': open ${dir}/${path}: no such ` +
  `file or directory': must build at directory: not a valid directory: evalsymlink failure on '${dir}/${path}' : ` +
  `lstat ${dir}/${path}: no such file or directory`;
const missing = lacks("missing.yaml", "clusters/dev-eus-1/missing.yaml");
const nested =
  `accumulating resources: accumulation err='accumulating resources from '../dev-eus-1': read ` +
  `${dir}/clusters/dev-eus-1: is a directory': recursed accumulation of path '${dir}/clusters/dev-eus-1': ${missing}`;
const patch =
  "trouble configuring builtin PatchTransformer with config: `\npath: p.yaml\n`: failed to get the patch file from " +
  `path(p.yaml): open ${dir}/apps/web/p.yaml: no such file or directory`;

test.each([
  [missing, "missing.yaml, listed in clusters/dev-eus-1/kustomization.yaml, is not there"],
  [
    missing.replaceAll("/tmp/", "/var/tmp/x.Y1/"),
    "missing.yaml, listed in clusters/dev-eus-1/kustomization.yaml, is not there",
  ],
  [nested, "missing.yaml, listed in clusters/dev-eus-1/kustomization.yaml, is not there"],
  [lacks("./a/b.yaml", "apps/a/b.yaml"), "./a/b.yaml, listed in apps/kustomization.yaml, is not there"],
  [
    lacks("../apps/x.yaml", "clusters/apps/x.yaml"),
    "clusters/apps/x.yaml, which a kustomization.yaml lists, is not there",
  ],
  [patch, "p.yaml, listed in apps/web/kustomization.yaml, is not there"],
  [
    `loading KV pairs: file sources: [x.txt]: open ${dir}/apps/x.txt: no such file or directory`,
    "x.txt, listed in apps/kustomization.yaml, is not there",
  ],
  ["no such file or directory", "A file kustomize is to read is not there"],
])("kustomize build failed: %s", (message, title) => {
  expect(recogniseError(`kustomize build failed: ${message}`)?.title).toBe(title);
});

test("every try builds in another directory, and is the same cause", () => {
  const again = missing.replaceAll("1969244031", "3141592653");
  const [one, two] = [missing, again].map((text) => recogniseError(`kustomize build failed: ${text}`));
  expect(one).toEqual(two);
  expect(one?.scope).toBe("clusters/dev-eus-1/missing.yaml");
});

test("a directory that is missing is named as Git has it", () => {
  const message = `kustomization path not found: stat ${dir}/clusters/prod-east: no such file or directory`;
  expect(recogniseError(message)?.told).toBe("no clusters/prod-east in what was fetched");
});

test("a chain of errors is cut before its reason, never within it", () => {
  const reason = "mapping values are not allowed in this context in File: a.yaml";
  const chain = `kustomize build failed: accumulating resources: accumulating resources from '${"x".repeat(99)}': ${reason}`;
  const said = firstSentence(chain);
  expect(said?.length).toBeLessThanOrEqual(140);
  expect(said).toMatch(/^kustomize build failed: .*…: mapping values .* in File: a\.yaml$/);
  expect(firstSentence("Long words, no chain. ".repeat(20))).toMatch(/^Long words.*…$/);
});
