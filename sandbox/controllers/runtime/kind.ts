/** A resource type as discovery describes it; core has group `""`. */
export interface Kind {
  group: string;
  version: string;
  kind: string;
  plural: string;
  namespaced: boolean;
}

/** Builds a Kind; `apiVersion` as in manifests, e.g. `apps/v1` or `v1`. */
export function kindOf(apiVersion: string, kind: string, plural: string, namespaced = true): Kind {
  const slash = apiVersion.indexOf("/");
  const group = slash < 0 ? "" : apiVersion.slice(0, slash);
  return { group, version: apiVersion.slice(slash + 1), kind, plural, namespaced };
}

/** `group/version`, or `version` alone for core. */
export function apiVersionOf(kind: Kind): string {
  return kind.group === "" ? kind.version : `${kind.group}/${kind.version}`;
}

/** The URL path of a collection or an object below an API server's root. */
export function pathOf(kind: Kind, namespace?: string, name?: string, subresource?: string): string {
  const root = kind.group === "" ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;
  const scope =
    kind.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  const object = name === undefined ? "" : `/${encodeURIComponent(name)}`;
  return `${root}${scope}/${kind.plural}${object}${subresource === undefined ? "" : `/${subresource}`}`;
}

/** The built-in kinds that controllers use. */
export const kinds = {
  namespace: kindOf("v1", "Namespace", "namespaces", false),
  secret: kindOf("v1", "Secret", "secrets"),
  configMap: kindOf("v1", "ConfigMap", "configmaps"),
  event: kindOf("v1", "Event", "events"),
  node: kindOf("v1", "Node", "nodes", false),
  deployment: kindOf("apps/v1", "Deployment", "deployments"),
  crd: kindOf("apiextensions.k8s.io/v1", "CustomResourceDefinition", "customresourcedefinitions", false),
} as const satisfies Record<string, Kind>;
