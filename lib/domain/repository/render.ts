import { isMap, parseAllDocuments, type Document } from "yaml";
import { fail, ok, type Result } from "../result.ts";
import { isLabel } from "./cluster-name.ts";
import { clusterParts, clusterPath, type ClusterPart } from "./layout.ts";
import { effectiveParameters, type Parameters } from "./parameter-schema.ts";
import { renderNode, RenderFailure, removed, scopesFor, type Scope } from "./render-node.ts";
import type { Template } from "./template.ts";
import { directive, templateAnnotation } from "./template-syntax.ts";

/** Stands for the name in a preview that has none yet. */
const placeholderName = "new-cluster";

/**
 * Renders a cluster's three files from a template. Parameters replace variables inside parsed scalars only, never
 * text, so no value can become another key or document (decisions §3).
 *
 * With `preview` a form may be incomplete: needed parameters that are missing stay visible as `${name}`.
 *
 * @returns path → content; `invalid` with a sentence per parameter where a value cannot be placed (it does not
 * check the JSON Schema: {@link validateClusterRequest} does).
 */
export function renderTemplate(
  template: Template,
  parameters: Parameters,
  options: { preview?: boolean } = {},
): Result<Record<string, string>> {
  const values = effectiveParameters(template.schema, parameters);
  const isPreview = options.preview === true;
  if (isPreview && (typeof values["name"] !== "string" || !isLabel(values["name"])))
    values["name"] = placeholderName;
  const name = values["name"];
  if (typeof name !== "string" || !isLabel(name)) {
    return fail("invalid", "A cluster needs a name to be rendered.", {
      fieldErrors: { name: "is not a DNS label" },
    });
  }
  const declared = new Set(Object.keys(template.schema.properties));
  const needed = new Set(isPreview ? template.schema.required : []);
  const scope: Scope = { declared, needed, values, items: {} };
  const files: Record<string, string> = {};
  try {
    for (const part of clusterParts) files[clusterPath(name, part)] = renderPart(template, part, scope);
  } catch (error) {
    if (!(error instanceof RenderFailure)) throw error;
    return fail("invalid", error.message, { fieldErrors: { [error.parameter]: error.message } });
  }
  return ok(files);
}

function renderPart(template: Template, part: ClusterPart, scope: Scope): string {
  const documents = parseAllDocuments(template.manifests[part]);
  const rendered = [...documents].flatMap((document) => renderDocument(document, scope));
  if (part === "cluster") {
    for (const document of rendered) {
      if (!isCluster(document)) continue;
      document.setIn(
        ["metadata", "annotations", templateAnnotation],
        `${template.name}@${String(template.version)}`,
      );
    }
  }
  return rendered.map(stringify).join("");
}

/** One document for each time its `each` and `when` ask for it. */
function renderDocument(document: Document, scope: Scope): Document[] {
  const annotations: unknown = document.getIn(["metadata", "annotations"], true);
  const scopes = isMap(annotations) ? scopesFor(annotations, scope) : [scope];
  return scopes.map((inner) => {
    const copy = document.clone();
    const own: unknown = copy.getIn(["metadata", "annotations"], true);
    if (isMap(own)) {
      for (const key of Object.values(directive)) own.delete(key);
      if (own.items.length === 0) copy.deleteIn(["metadata", "annotations"]);
    }
    const contents = renderNode(copy, copy.contents, inner);
    copy.contents = contents === removed ? null : contents;
    return copy;
  });
}

function isCluster(document: Document): boolean {
  const apiVersion: unknown = document.get("apiVersion");
  return (
    document.get("kind") === "Cluster" &&
    typeof apiVersion === "string" &&
    apiVersion.startsWith("cluster.x-k8s.io/")
  );
}

function stringify(document: Document, index: number): string {
  if (document.directives) document.directives.docStart = index > 0 ? true : null;
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
