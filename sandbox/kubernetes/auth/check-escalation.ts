import { forbidden } from "../api-error.ts";
import { isObject, listOf, objectOf, sameJson, textOf, textsOf } from "../json.ts";
import type { JsonObject } from "../json.ts";
import type { KubeObject } from "../kube-object.ts";
import type { Target } from "../verbs/target.ts";
import { authorize, rulesOf, rulesOfRole } from "./authorize.ts";

const rbacGroup = "rbac.authorization.k8s.io";

/**
 * Nobody gives away rights he does not have (kubernetes.io/docs/reference/access-authn-authz/rbac, "Privilege escalation
 * prevention"), unless he may `escalate` roles or `bind` this role.
 *
 * @throws ApiError 403 that lists what is missing (recorded in auth).
 */
export function checkEscalation(object: KubeObject, live: KubeObject | undefined, target: Target): void {
  if (target.kind.group !== rbacGroup) return;
  const { cluster, user, namespace, kind } = target;
  const binding = kind.kind.endsWith("Binding");
  const part = binding ? ["subjects", "roleRef"] : ["rules", "aggregationRule"];
  if (live && part.every((name) => sameJson(object[name], live[name]))) return;
  const ref = objectOf(object["roleRef"]);
  const where = namespace === undefined ? {} : { namespace };
  const resource = binding ? (ref["kind"] === "Role" ? "roles" : "clusterroles") : kind.resource;
  const verb = binding ? "bind" : "escalate";
  const name = binding ? textOf(ref["name"]) : object.metadata.name;
  if (authorize(cluster, user, { verb, group: rbacGroup, resource, name, ...where }).allowed) return;
  const given = binding ? rulesOfRole(cluster, ref, namespace) : listOf(object["rules"]).filter(isObject);
  const held = rulesOf(cluster, user, namespace);
  const missing = given.filter(
    (rule) => !pieces(rule).every((piece) => held.some((one) => holds(one, piece))),
  );
  if (missing.length === 0) return;
  const groups = user.groups.map((group) => JSON.stringify(group)).join(" ");
  const said = missing.map(compact).sort().join("\n");
  const why = `user ${JSON.stringify(user.username)} (groups=[${groups}]) is attempting to grant RBAC permissions not currently held:\n${said}`;
  throw forbidden(kind, object.metadata.name, why);
}

/** One verb on one resource, or on one path. */
interface Piece {
  verb: string;
  group?: string;
  resource?: string;
  name?: string;
  url?: string;
}

function pieces(rule: JsonObject): Piece[] {
  const names: (string | undefined)[] = textsOf(rule["resourceNames"]);
  if (names.length === 0) names.push(undefined);
  return textsOf(rule["verbs"]).flatMap((verb) => [
    ...textsOf(rule["nonResourceURLs"]).map((url) => ({ verb, url })),
    ...textsOf(rule["apiGroups"]).flatMap((group) =>
      textsOf(rule["resources"]).flatMap((resource) =>
        names.map((name) => ({ verb, group, resource, ...(name === undefined ? {} : { name }) })),
      ),
    ),
  ]);
}

function has(list: string[], wanted: string): boolean {
  return list.includes("*") || list.includes(wanted);
}

function holds(rule: JsonObject, piece: Piece): boolean {
  if (!has(textsOf(rule["verbs"]), piece.verb)) return false;
  const { url } = piece;
  if (url !== undefined) {
    return textsOf(rule["nonResourceURLs"]).some(
      (own) => own === "*" || own === url || (own.endsWith("*") && url.startsWith(own.slice(0, -1))),
    );
  }
  const names = textsOf(rule["resourceNames"]);
  return (
    has(textsOf(rule["apiGroups"]), piece.group ?? "") &&
    has(textsOf(rule["resources"]), piece.resource ?? "") &&
    (names.length === 0 || (piece.name !== undefined && names.includes(piece.name)))
  );
}

/** `{APIGroups:[""], Resources:["secrets"], Verbs:["*"]}` */
function compact(rule: JsonObject): string {
  const members: [string, string][] = [
    ["NonResourceURLs", "nonResourceURLs"],
    ["APIGroups", "apiGroups"],
    ["Resources", "resources"],
    ["ResourceNames", "resourceNames"],
    ["Verbs", "verbs"],
  ];
  const said = members.flatMap(([name, field]) => {
    const list = textsOf(rule[field]);
    return list.length === 0 ? [] : [`${name}:[${list.map((text) => JSON.stringify(text)).join(" ")}]`];
  });
  return `{${said.join(", ")}}`;
}
