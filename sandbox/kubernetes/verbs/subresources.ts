import { invalid, methodNotAllowed, noSuchResource } from "../api-error.ts";
import { askedFields } from "../auth/reviews.ts";
import { defaultAudience, mintToken } from "../auth/service-account-token.ts";
import { bodyOf } from "../http/body-of.ts";
import type { ApiRequest } from "../http/parse-request.ts";
import { mediaTypeOf, parseBody, readBody } from "../http/read-body.ts";
import type { Reply } from "../http/reply.ts";
import { objectOf, textsOf, valueAt } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";
import type { KubeObject } from "../kube-object.ts";
import type { Stored } from "../store/object-store.ts";
import { mergePatched } from "./patch-object.ts";
import { inVersion, storedOf, writeOptionsOf } from "./target.ts";
import type { Target } from "./target.ts";
import { storeChanged, updateObject } from "./update-object.ts";

/** scale, token and finalize. */
export async function handleSubresource(request: ApiRequest, target: Target): Promise<Reply> {
  switch (target.subresource) {
    case "scale":
      return scale(request, target);
    case "token":
      return token(request, target);
    case "finalize":
      return finalize(request, target);
    default:
      throw noSuchResource();
  }
}

function pathOf(path: string): string[] {
  return path.split(".").filter((part) => part !== "");
}

function scaleOf(stored: Stored, target: Target): JsonObject {
  const { object } = stored;
  const paths = target.version.scale;
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const selector =
    paths?.labelSelectorPath === undefined ? undefined : valueAt(object, ...pathOf(paths.labelSelectorPath));
  const replicas = paths && valueAt(object, ...pathOf(paths.specReplicasPath));
  const observed = paths && valueAt(object, ...pathOf(paths.statusReplicasPath));
  return {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: typeof replicas === "number" && replicas !== 0 ? { replicas } : {},
    status: {
      replicas: typeof observed === "number" ? observed : 0,
      ...(typeof selector === "string" && selector !== "" ? { selector } : {}),
    },
  };
}

async function scale(request: ApiRequest, target: Target): Promise<Reply> {
  const live = storedOf(target);
  if (request.verb === "get") return { status: 200, body: scaleOf(live, target) };
  let wanted: Json;
  if (request.verb === "patch") {
    const type = mediaTypeOf(request.incoming);
    const body = parseBody(
      await readBody(request.incoming),
      type.includes("yaml") ? "application/yaml" : "application/json",
    );
    wanted = mergePatched(scaleOf(live, target), body);
  } else if (request.verb === "update") wanted = (await bodyOf(request, "Scale")).value;
  else throw methodNotAllowed();
  const version = valueAt(wanted, "metadata", "resourceVersion");
  const current = inVersion(live.object, target);
  const replicas = valueAt(wanted, "spec", "replicas") ?? 0;
  checkReplicas(replicas, target);
  const next: KubeObject = { ...current, metadata: { ...current.metadata } };
  if (typeof version === "string" && version !== "") next.metadata.resourceVersion = version;
  setAt(next, pathOf(target.version.scale?.specReplicasPath ?? ""), replicas);
  const options = writeOptionsOf(request);
  const object = updateObject(next, live, { ...target, subresource: "scale" }, options);
  return { status: 200, body: scaleOf({ object, revision: live.revision, text: undefined }, target) };
}

/** @throws ApiError 422 for fewer than none; custom resources say it of their own path (recorded in updates). */
function checkReplicas(replicas: Json, target: Target): void {
  if (typeof replicas !== "number" || replicas >= 0) return;
  const { kind, name = "" } = target;
  const reason = "FieldValueInvalid";
  const value = `Invalid value: ${String(replicas)}:`;
  if (!kind.custom) {
    const message = `${value} must be greater than or equal to 0`;
    throw invalid({ group: "autoscaling", resource: "scales", kind: "Scale" }, name, [
      { reason, message, field: "spec.replicas" },
    ]);
  }
  const field = target.version.scale?.specReplicasPath ?? "";
  throw invalid(kind, name, [{ reason, message: `${value} should be a non-negative integer`, field }]);
}

function setAt(root: JsonObject, path: string[], value: Json): void {
  const [name, ...rest] = path;
  if (name === undefined) return;
  if (rest.length === 0) root[name] = value;
  else {
    const child = { ...objectOf(root[name]) };
    root[name] = child;
    setAt(child, rest, value);
  }
}

async function token(request: ApiRequest, target: Target): Promise<Reply> {
  if (request.verb !== "create") throw methodNotAllowed();
  const { value } = await bodyOf(request, "TokenRequest");
  const account = storedOf(target).object;
  const spec = objectOf(valueAt(value, "spec"));
  const seconds = spec["expirationSeconds"] ?? 3600;
  const wrong = typeof seconds !== "number" || seconds < 600;
  if (wrong) {
    const message = `Invalid value: ${JSON.stringify(seconds)}: may not specify a duration less than 10 minutes`;
    throw invalid({ group: "authentication.k8s.io", resource: "tokenrequests", kind: "TokenRequest" }, "", [
      { reason: "FieldValueInvalid", message, field: "spec.expirationSeconds" },
    ]);
  }
  const asked = textsOf(spec["audiences"]);
  const audiences = asked.length > 0 ? asked : [defaultAudience];
  const minted = await mintToken(target.cluster, account, audiences, seconds);
  const { name, namespace, uid } = account.metadata;
  return {
    status: 201,
    body: {
      kind: "TokenRequest",
      apiVersion: "authentication.k8s.io/v1",
      metadata: {
        name,
        namespace,
        uid,
        creationTimestamp: rfc3339(new Date()),
        ...askedFields(request, "authentication.k8s.io/v1", spec),
      },
      spec: { audiences, expirationSeconds: seconds, boundObjectRef: spec["boundObjectRef"] ?? null },
      status: { token: minted.token, expirationTimestamp: rfc3339(minted.expires) },
    },
  };
}

function rfc3339(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

/** PUT of a Namespace's spec.finalizers, by whatever empties namespaces. */
async function finalize(request: ApiRequest, target: Target): Promise<Reply> {
  if (request.verb !== "update") throw methodNotAllowed();
  const { value } = await bodyOf(request, "Namespace");
  const live = storedOf(target);
  const finalizers = textsOf(valueAt(value, "spec", "finalizers"));
  const spec = { ...objectOf(live.object["spec"]) };
  if (finalizers.length > 0) spec["finalizers"] = finalizers;
  else delete spec["finalizers"];
  const next: KubeObject = { ...live.object, metadata: { ...live.object.metadata }, spec };
  const object = storeChanged(next, live, target, writeOptionsOf(request));
  return { status: 200, body: object };
}
