import { compareFields } from "../apply/compare-fields.ts";
import { deduced } from "../apply/field-schema.ts";
import { toFieldsV1 } from "../apply/field-set.ts";
import { badRequest, invalid } from "../api-error.ts";
import type { ReviewKind } from "../discovery/review-kinds.ts";
import type { ApiRequest } from "../http/parse-request.ts";
import type { Reply } from "../http/reply.ts";
import { isObject, objectOf, textOf, textsOf } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";
import { authorize, rulesOf } from "./authorize.ts";
import { defaultAudience, verifyToken } from "./service-account-token.ts";
import type { User } from "./user.ts";

/** POST of a review: an answer, nothing stored. */
export async function handleReview(request: ApiRequest, review: ReviewKind, body: Json): Promise<Reply> {
  const spec = objectOf(objectOf(body)["spec"]);
  const status = await statusOf(request, review, spec);
  const created =
    review.kind === "SelfSubjectReview"
      ? { creationTimestamp: `${new Date().toISOString().slice(0, 19)}Z` }
      : {};
  return {
    status: 201,
    body: {
      kind: review.kind,
      apiVersion: `${review.group}/${review.version}`,
      metadata: { ...created, ...fieldsOf(request, review, spec) },
      ...(review.kind === "SelfSubjectReview"
        ? {}
        : { spec: review.kind === "SelfSubjectRulesReview" ? {} : spec }),
      status,
    },
  };
}

/** Reviews that are asked with a spec go through field management like any object. */
function fieldsOf(request: ApiRequest, review: ReviewKind, spec: JsonObject): JsonObject {
  if (review.kind === "SelfSubjectReview" || review.kind === "SelfSubjectRulesReview") return {};
  return askedFields(request, `${review.group}/${review.version}`, spec);
}

/** managedFields of something that is asked and not stored. */
export function askedFields(request: ApiRequest, apiVersion: string, spec: JsonObject): JsonObject {
  const agent = (request.incoming.headers["user-agent"] ?? "").split("/", 1)[0] || "unknown";
  const { added } = compareFields(undefined, { spec }, deduced);
  const entry = {
    manager: request.query.get("fieldManager") ?? agent,
    operation: "Update",
    apiVersion,
    time: `${new Date().toISOString().slice(0, 19)}Z`,
    fieldsType: "FieldsV1",
    fieldsV1: toFieldsV1(added),
  };
  return { managedFields: [entry] };
}

async function statusOf(request: ApiRequest, review: ReviewKind, spec: JsonObject): Promise<JsonObject> {
  switch (review.kind) {
    case "SelfSubjectReview":
      return { userInfo: userInfo(request.user) };
    case "SelfSubjectRulesReview":
      return rules(request, textOf(spec["namespace"]));
    case "TokenReview":
      return tokenStatus(request, spec);
    case "SelfSubjectAccessReview":
      return access(request, spec, request.user);
    default:
      return access(request, spec, { username: textOf(spec["user"]), groups: textsOf(spec["groups"]) });
  }
}

function userInfo(user: User): JsonObject {
  return {
    username: user.username,
    ...(user.uid === undefined ? {} : { uid: user.uid }),
    groups: user.groups,
    ...(user.extra === undefined ? {} : { extra: user.extra }),
  };
}

function access(request: ApiRequest, spec: JsonObject, user: User): JsonObject {
  const resource = spec["resourceAttributes"];
  const path = spec["nonResourceAttributes"];
  if (isObject(resource) === isObject(path)) {
    const message =
      "Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified";
    throw invalid({ group: "authorization.k8s.io", resource: "", kind: "" }, "", [
      { reason: "FieldValueInvalid", message, field: "spec.resourceAttributes" },
    ]);
  }
  const wanted = isObject(resource)
    ? {
        verb: textOf(resource["verb"]),
        group: textOf(resource["group"]),
        resource: textOf(resource["resource"]),
        subresource: textOf(resource["subresource"]),
        namespace: textOf(resource["namespace"]),
        name: textOf(resource["name"]),
      }
    : { verb: textOf(objectOf(path)["verb"]), path: textOf(objectOf(path)["path"]) };
  const { allowed, reason } = authorize(request.cluster, user, wanted);
  return { allowed, ...(reason === "" ? {} : { reason }) };
}

function rules(request: ApiRequest, namespace: string): JsonObject {
  if (namespace === "") throw badRequest("no namespace on request");
  const all = rulesOf(request.cluster, request.user, namespace);
  return {
    resourceRules: all.filter((rule) => rule["resources"] !== undefined),
    nonResourceRules: all.filter((rule) => rule["nonResourceURLs"] !== undefined),
    incomplete: false,
  };
}

/** As of kube-apiserver: a token counts for the audiences asked for that it is made for; a static one for the server's own. */
async function tokenStatus(request: ApiRequest, spec: JsonObject): Promise<JsonObject> {
  const token = textOf(spec["token"]);
  if (token === "") throw badRequest("token is required for TokenReview in authentication");
  const asked = textsOf(spec["audiences"]);
  const wanted = asked.length > 0 ? asked : [defaultAudience];
  const known = request.cluster.users.find((user) => user.token === token);
  const found = known ? staticUser(known, wanted) : await verifyToken(request.cluster, token, wanted);
  if ("error" in found) return { user: {}, error: found.error };
  return { authenticated: true, user: userInfo(found.user), audiences: found.audiences };
}

function staticUser(
  known: ApiRequest["cluster"]["users"][number],
  wanted: readonly string[],
): Awaited<ReturnType<typeof verifyToken>> {
  if (!wanted.includes(defaultAudience)) return { error: "invalid bearer token" };
  const groups = [...known.groups, "system:authenticated"];
  const user = { username: known.username, uid: known.uid ?? known.username, groups };
  return { user, audiences: [defaultAudience] };
}
