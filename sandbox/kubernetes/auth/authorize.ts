import type { ApiCluster } from "../api-cluster.ts";
import { isObject, listOf, objectOf, textOf, textsOf } from "../json.ts";
import type { JsonObject } from "../json.ts";
import type { User } from "./user.ts";

export interface ResourceAttributes {
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
  namespace?: string;
  name?: string;
}

export interface PathAttributes {
  verb: string;
  path: string;
}

export interface Decision {
  allowed: boolean;
  /** Which binding allows it, in the words of the RBAC authorizer. */
  reason: string;
}

const rbacGroup = "rbac.authorization.k8s.io";

/** RBAC as kubernetes.io/docs/reference/access-authn-authz/rbac says; `system:masters` may do everything. */
export function authorize(
  cluster: ApiCluster,
  user: User,
  wanted: ResourceAttributes | PathAttributes,
): Decision {
  if (user.groups.includes("system:masters")) return { allowed: true, reason: "" };
  const namespace = "path" in wanted ? undefined : wanted.namespace;
  for (const grant of grantsOf(cluster, user, namespace)) {
    if (grant.rules.some((rule) => covers(rule, wanted))) {
      return { allowed: true, reason: `RBAC: allowed by ${grant.reason}` };
    }
  }
  return { allowed: false, reason: "" };
}

/** Every rule that holds for `user` in `namespace`, for rule reviews and escalation checks. */
export function rulesOf(cluster: ApiCluster, user: User, namespace: string | undefined): JsonObject[] {
  return [...grantsOf(cluster, user, namespace)].flatMap((grant) => grant.rules);
}

interface Grant {
  rules: JsonObject[];
  reason: string;
}

function* grantsOf(cluster: ApiCluster, user: User, namespace: string | undefined): Iterable<Grant> {
  for (const { object } of cluster.store.list(`${rbacGroup}/clusterrolebindings`)) {
    const subject = listOf(object["subjects"])
      .filter(isObject)
      .find((one) => matches(one, user, undefined));
    if (!subject) continue;
    const role = textOf(objectOf(object["roleRef"])["name"]);
    const reason = `ClusterRoleBinding "${object.metadata.name}" of ClusterRole "${role}" to ${said(subject, undefined)}`;
    yield { rules: clusterRules(cluster, role), reason };
  }
  if (namespace === undefined || namespace === "") return;
  for (const { object } of cluster.store.list(`${rbacGroup}/rolebindings`, namespace)) {
    const subject = listOf(object["subjects"])
      .filter(isObject)
      .find((one) => matches(one, user, namespace));
    if (!subject) continue;
    const ref = objectOf(object["roleRef"]);
    const role = textOf(ref["name"]);
    const kind = textOf(ref["kind"]);
    const rules = rulesOfRole(cluster, ref, namespace);
    const binding = `${object.metadata.name}/${namespace}`;
    yield { rules, reason: `RoleBinding "${binding}" of ${kind} "${role}" to ${said(subject, namespace)}` };
  }
}

/** The rules of the role a binding refers to. */
export function rulesOfRole(
  cluster: ApiCluster,
  ref: JsonObject,
  namespace: string | undefined,
): JsonObject[] {
  const name = textOf(ref["name"]);
  if (ref["kind"] === "ClusterRole") return clusterRules(cluster, name);
  return rulesIn(cluster.store.get(`${rbacGroup}/roles`, namespace, name)?.object);
}

function clusterRules(cluster: ApiCluster, name: string): JsonObject[] {
  const role = cluster.store.get(`${rbacGroup}/clusterroles`, undefined, name)?.object;
  const selectors = listOf(objectOf(role?.["aggregationRule"])["clusterRoleSelectors"]).filter(isObject);
  if (selectors.length === 0) return rulesIn(role);
  const aggregated = cluster.store
    .list(`${rbacGroup}/clusterroles`)
    .filter(({ object }) =>
      selectors.some((selector) =>
        Object.entries(objectOf(selector["matchLabels"])).every(
          ([key, value]) => object.metadata.labels?.[key] === value,
        ),
      ),
    );
  return [...rulesIn(role), ...aggregated.flatMap(({ object }) => rulesIn(object))];
}

function rulesIn(role: JsonObject | undefined): JsonObject[] {
  return listOf(role?.["rules"]).filter(isObject);
}

function matches(subject: JsonObject, user: User, namespace: string | undefined): boolean {
  const name = textOf(subject["name"]);
  switch (subject["kind"]) {
    case "User":
      return name === user.username;
    case "Group":
      return user.groups.includes(name);
    case "ServiceAccount":
      return (
        user.username === `system:serviceaccount:${textOf(subject["namespace"]) || (namespace ?? "")}:${name}`
      );
    default:
      return false;
  }
}

function said(subject: JsonObject, namespace: string | undefined): string {
  const name = textOf(subject["name"]);
  if (subject["kind"] !== "ServiceAccount") return `${textOf(subject["kind"])} "${name}"`;
  return `ServiceAccount "${name}/${textOf(subject["namespace"]) || (namespace ?? "")}"`;
}

function has(list: string[], wanted: string): boolean {
  return list.includes("*") || list.includes(wanted);
}

function covers(rule: JsonObject, wanted: ResourceAttributes | PathAttributes): boolean {
  if (!has(textsOf(rule["verbs"]), wanted.verb)) return false;
  if ("path" in wanted) {
    return textsOf(rule["nonResourceURLs"]).some(
      (url) =>
        url === "*" || url === wanted.path || (url.endsWith("*") && wanted.path.startsWith(url.slice(0, -1))),
    );
  }
  if (!has(textsOf(rule["apiGroups"]), wanted.group)) return false;
  const sub = wanted.subresource ?? "";
  const resource = sub === "" ? wanted.resource : `${wanted.resource}/${sub}`;
  const resources = textsOf(rule["resources"]);
  if (!has(resources, resource) && !(sub !== "" && resources.includes(`*/${sub}`))) return false;
  const names = textsOf(rule["resourceNames"]);
  return names.length === 0 || names.includes(wanted.name ?? "");
}
