import type { Json, JsonObject } from "../json.ts";
import { apiVersionOf } from "../kinds/kind.ts";
import type { Kind, KindVersion } from "../kinds/kind.ts";

const meta = "io.k8s.apimachinery.pkg.apis.meta.v1";
const text: JsonObject = { type: "string" };
const refTo = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

/** OpenAPI v3 of one group and version, as far as kubectl reads it: kinds, verbs, field validation, schemas. */
export function openApiDocument(kinds: [Kind, KindVersion][], group: string, version: string): JsonObject {
  const paths: JsonObject = {};
  const schemas: JsonObject = { ...metaSchemas };
  for (const [kind, served] of kinds) {
    const name = schemaName(kind, version);
    schemas[name] = schemaOf(kind, served, version);
    Object.assign(paths, pathsOf(kind, served, group, version, name));
  }
  return {
    openapi: "3.0.0",
    info: { title: "Kubernetes CRD Swagger", version: "v0.1.0" },
    paths,
    components: { schemas },
  };
}

/** `io.fluxcd.toolkit.kustomize.v1.Kustomization`. */
function schemaName(kind: Kind, version: string): string {
  const group = kind.custom
    ? kind.group.split(".").reverse().join(".")
    : `io.k8s.api.${kind.group.split(".")[0] || "core"}`;
  return `${group}.${version}.${kind.kind}`;
}

function schemaOf(kind: Kind, served: KindVersion, version: string): JsonObject {
  const own = served.schema ?? {
    type: "object",
    properties: { spec: { type: "object" }, status: { type: "object" } },
    "x-kubernetes-preserve-unknown-fields": true,
  };
  const properties: JsonObject = { ...(own["properties"] as JsonObject | undefined) };
  return {
    ...own,
    properties: {
      ...properties,
      apiVersion: text,
      kind: text,
      metadata: { allOf: [refTo(`${meta}.ObjectMeta`)] },
    },
    "x-kubernetes-group-version-kind": [{ group: kind.group, kind: kind.kind, version }],
  };
}

const parameter = (name: string, schema: JsonObject = text): JsonObject => ({ name, in: "query", schema });
const writeParameters = [parameter("dryRun"), parameter("fieldManager"), parameter("fieldValidation")];

function pathsOf(
  kind: Kind,
  served: KindVersion,
  group: string,
  version: string,
  schema: string,
): JsonObject {
  const gvk = { group, version, kind: kind.kind };
  const base = group === "" ? `/api/${version}` : `/apis/${apiVersionOf(group, version)}`;
  const operation = (action: string, more: JsonObject = {}): JsonObject => ({
    responses: { "200": { description: "OK", content: { "application/json": { schema: refTo(schema) } } } },
    "x-kubernetes-action": action,
    "x-kubernetes-group-version-kind": gvk,
    ...more,
  });
  const body = { content: { "application/json": { schema: refTo(schema) } }, required: true };
  const patchTypes = ["apply-patch+yaml", "json-patch+json", "merge-patch+json"];
  const patchBody: Json = {
    content: Object.fromEntries(
      patchTypes.map((type) => [`application/${type}`, { schema: refTo(`${meta}.Patch`) }]),
    ),
    required: true,
  };
  const put = operation("put", { parameters: writeParameters, requestBody: body });
  const patch = operation("patch", {
    parameters: [...writeParameters, parameter("force", { type: "boolean" })],
    requestBody: patchBody,
  });
  const collection = kind.namespaced
    ? `${base}/namespaces/{namespace}/${kind.resource}`
    : `${base}/${kind.resource}`;
  const one = `${collection}/{name}`;
  return {
    ...(kind.namespaced ? { [`${base}/${kind.resource}`]: { get: operation("list") } } : {}),
    [collection]: {
      get: operation("list"),
      post: operation("post", { parameters: writeParameters, requestBody: body }),
      delete: operation("deletecollection"),
    },
    [one]: { get: operation("get"), put, delete: operation("delete"), patch },
    ...(served.status ? { [`${one}/status`]: { get: operation("get"), put, patch } } : {}),
  };
}

const texts: JsonObject = { type: "array", items: text };
const textMap: JsonObject = { type: "object", additionalProperties: text };

const metaSchemas: JsonObject = {
  [`${meta}.Patch`]: { type: "object" },
  [`${meta}.OwnerReference`]: {
    type: "object",
    required: ["apiVersion", "kind", "name", "uid"],
    properties: {
      apiVersion: text,
      kind: text,
      name: text,
      uid: text,
      controller: { type: "boolean" },
      blockOwnerDeletion: { type: "boolean" },
    },
  },
  [`${meta}.ObjectMeta`]: {
    type: "object",
    properties: {
      name: text,
      generateName: text,
      namespace: text,
      uid: text,
      resourceVersion: text,
      selfLink: text,
      generation: { type: "integer", format: "int64" },
      creationTimestamp: { type: "string", format: "date-time" },
      deletionTimestamp: { type: "string", format: "date-time" },
      deletionGracePeriodSeconds: { type: "integer", format: "int64" },
      labels: textMap,
      annotations: textMap,
      finalizers: texts,
      ownerReferences: { type: "array", items: refTo(`${meta}.OwnerReference`) },
      managedFields: { type: "array", items: { type: "object" } },
    },
  },
};
