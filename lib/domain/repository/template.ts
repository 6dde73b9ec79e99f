import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  LineCounter,
  parseAllDocuments,
  visit,
  type Document,
} from "yaml";
import { z } from "zod";
import { clusterParts, templateDir, type ClusterPart } from "./layout.ts";
import type { ParametersSchema } from "./parameter-schema.ts";
import { parseDocumentWith } from "./parse-document.ts";
import type { Problem } from "./problem.ts";
import { schemaProblem } from "./schema-errors.ts";
import { directive, eachItemName, variablesIn } from "./template-syntax.ts";

/** A cluster template of the fleet repository, plain JSON (decisions §3). */
export interface Template {
  name: string;
  title: string;
  description: string;
  version: number;
  /** JSON Schema of the parameters, with `x-fleetwright` hints. */
  schema: ParametersSchema;
  /** YAML source per file it renders. */
  manifests: Record<ClusterPart, string>;
}

const parameterName = /^[a-z][A-Za-z0-9]*$/;

const parameters = z
  .looseObject({ type: z.literal("object"), properties: z.record(z.string(), z.looseObject({})) })
  .refine((schema) => "name" in schema.properties, {
    error: "needs a parameter `name`",
    path: ["properties"],
  })
  .refine((schema) => Object.keys(schema.properties).every((name) => parameterName.test(name)), {
    error: "names a parameter that is not a camelCase word (letters and digits, first one a small letter)",
    path: ["properties"],
  });

const shape = {
  title: z.string().min(1).max(60),
  description: z.string().max(300).default(""),
  version: z.int().positive(),
  parameters,
};
const strict = z.strictObject(shape);
const loose = z.object(shape);

/**
 * Parses a template from its directory's files (names relative to it): `template.yaml` and one manifest per file of
 * a cluster (`cluster.yaml`, `flux-config.yaml`, `fleet.yaml`).
 */
export function parseTemplate(
  name: string,
  files: Record<string, string>,
): { template: Template | null; problems: Problem[] } {
  const dir = templateDir(name);
  const missing = ["template.yaml", ...clusterParts.map((part) => `${part}.yaml`)].filter(
    (file) => !(file in files),
  );
  const problems: Problem[] = missing.map((file) => problem(`${dir}/${file}`, null, "is missing"));
  const head = parseDocumentWith(`${dir}/template.yaml`, files["template.yaml"] ?? "{}", { strict, loose });
  if (missing.length > 0) return { template: null, problems };
  problems.push(...head.problems);
  if (head.value === null) return { template: null, problems };
  const { title, description, version } = head.value;
  // The refinements above and ajv (cluster-request) judge it; here it is only named.
  const schema = head.value.parameters as unknown as ParametersSchema;
  const broken = schemaProblem(schema);
  if (broken !== null)
    problems.push(problem(`${dir}/template.yaml`, null, `has no usable JSON Schema: ${broken}`));
  const declared = new Set(Object.keys(schema.properties));
  const manifests = { cluster: "", "flux-config": "", fleet: "" };
  for (const part of clusterParts) {
    manifests[part] = files[`${part}.yaml`] ?? "";
    problems.push(...manifestProblems(`${dir}/${part}.yaml`, manifests[part], declared));
  }
  const usable = problems.every(({ severity }) => severity === "warning");
  return { template: usable ? { name, title, description, version, schema, manifests } : null, problems };
}

const problem = (file: string, line: number | null, message: string): Problem => ({
  file,
  line,
  at: "",
  message,
  severity: "error",
});

/** What rendering could not do safely: anchors, tags, variables in keys, directives on unknown parameters. */
function manifestProblems(file: string, text: string, declared: Set<string>): Problem[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  if (!Array.isArray(documents)) return [problem(file, null, "is empty")];
  return documents.flatMap((document) => [
    ...document.errors.map((error) =>
      problem(file, lines.linePos(error.pos[0]).line, `is not valid YAML: ${error.message}`),
    ),
    ...documentProblems(file, document, lines, declared),
  ]);
}

function documentProblems(
  file: string,
  document: Document,
  lines: LineCounter,
  declared: Set<string>,
): Problem[] {
  const found: Problem[] = [];
  visit(document, {
    Node(_key, node) {
      const line = node.range ? lines.linePos(node.range[0]).line : null;
      const anchored = isAlias(node) || ((isScalar(node) || isCollection(node)) && node.anchor !== undefined);
      if (anchored) found.push(problem(file, line, "uses an anchor or alias; write the value out"));
      if (!isAlias(node) && node.tag?.startsWith("!") === true)
        found.push(problem(file, line, "uses a YAML tag"));
    },
    Pair(_key, pair) {
      const key = isScalar(pair.key) ? String(pair.key.value) : "";
      const at = isScalar(pair.key) && pair.key.range ? lines.linePos(pair.key.range[0]).line : null;
      if (variablesIn(key).some((name) => declared.has(name))) {
        found.push(problem(file, at, `has a parameter in the key ${key}; parameters stand in values only`));
      }
      if (!isPair(pair) || (key !== directive.when && key !== directive.each)) return;
      const value = isScalar(pair.value) ? String(pair.value.value) : "";
      const names = value.replace(/^!/, "").split("=")[0]?.split(".")[0] ?? "";
      if (!declared.has(names) && ![...declared].some((name) => eachItemName(name) === names)) {
        found.push(
          problem(file, at, `${key} names ${value === "" ? "no parameter" : value}, which is not declared`),
        );
      }
    },
  });
  if (document.contents !== null && !isMap(document.contents))
    found.push(problem(file, null, "has a document that is not a mapping"));
  return found;
}
