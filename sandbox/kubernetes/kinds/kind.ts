import type { JsonObject } from "../json.ts";

/** A column of `kubectl get`; `priority` > 0 shows only with `-o wide`. */
export interface PrinterColumn {
  name: string;
  type: string;
  format?: string;
  description?: string;
  priority?: number;
  jsonPath: string;
}

export interface ScalePaths {
  specReplicasPath: string;
  statusReplicasPath: string;
  labelSelectorPath?: string;
}

export interface KindVersion {
  name: string;
  served: boolean;
  deprecationWarning?: string;
  /** OpenAPI schema of a custom resource; built-in kinds have none. */
  schema?: JsonObject;
  columns: PrinterColumn[];
  status: boolean;
  scale?: ScalePaths;
}

/** One resource of an API server, built-in or from a CustomResourceDefinition. */
export interface Kind {
  group: string;
  resource: string;
  singular: string;
  kind: string;
  listKind: string;
  namespaced: boolean;
  shortNames: string[];
  categories: string[];
  verbs: string[];
  /** Subresources besides status and scale, with kind and verbs, for discovery. */
  subresources: { name: string; kind: string; group?: string; version?: string; verbs: string[] }[];
  versions: KindVersion[];
  /** Whose apiVersion stored objects carry. */
  storageVersion: string;
  custom: boolean;
  /** Built-in kinds differ: a ConfigMap has no generation. */
  hasGeneration: boolean;
  /** Key of the stored objects: `group/resource`; events of two groups share one. */
  storeKey: string;
}

export function apiVersionOf(group: string, version: string): string {
  return group === "" ? version : `${group}/${version}`;
}

export function splitApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf("/");
  if (slash < 0) return { group: "", version: apiVersion };
  return { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}
