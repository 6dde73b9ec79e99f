import type { ServerResponse } from "node:http";
import {
  ApiError,
  badRequest,
  methodNotAllowed,
  noSuchResource,
  notFound,
  PageNotFound,
} from "../api-error.ts";
import { handleReview } from "../auth/reviews.ts";
import { reviewKinds } from "../discovery/review-kinds.ts";
import type { Json } from "../json.ts";
import { apiVersionOf } from "../kinds/kind.ts";
import type { Kind } from "../kinds/kind.ts";
import type { KubeObject } from "../kube-object.ts";
import { presenterOf } from "../table/presenter.ts";
import { applyObject, checkApplyOptions } from "../verbs/apply-object.ts";
import { createObject } from "../verbs/create-object.ts";
import { deleteCollection } from "../verbs/delete-collection.ts";
import { deleteObject, deleteOptionsOf } from "../verbs/delete-object.ts";
import { dropUnknown } from "../verbs/finish-object.ts";
import { listObjects, listText, requireReached } from "../verbs/list-objects.ts";
import { checkPatchType, patchObject } from "../verbs/patch-object.ts";
import { readObject } from "../verbs/read-object.ts";
import { handleSubresource } from "../verbs/subresources.ts";
import { inVersion, storedOf, writeOptionsOf } from "../verbs/target.ts";
import type { Target } from "../verbs/target.ts";
import { updateObject } from "../verbs/update-object.ts";
import { watchObjects } from "../verbs/watch-objects.ts";
import { bodyOf } from "./body-of.ts";
import type { ApiRequest, ResourcePath } from "./parse-request.ts";
import { mediaTypeOf, parseBody, readBody } from "./read-body.ts";
import type { Reply } from "./reply.ts";

/** Answers a request for a resource; undefined when it answered by itself (a watch). */
export async function handleResource(
  request: ApiRequest,
  path: ResourcePath,
  response: ServerResponse,
): Promise<Reply | undefined> {
  const review = reviewKinds.find(
    (kind) => kind.group === path.group && kind.version === path.version && kind.resource === path.resource,
  );
  if (review) {
    if (request.method !== "POST") throw methodNotAllowed();
    return handleReview(
      request,
      review,
      parseBody(await readBody(request.incoming), mediaTypeOf(request.incoming)),
    );
  }
  const target = resolve(request, path);
  if (target.subresource !== "" && target.subresource !== "status") return handleSubresource(request, target);
  return handle(request, target, response);
}

/** @throws ApiError or PageNotFound for what this cluster does not serve. */
function resolve(request: ApiRequest, path: ResourcePath): Target {
  const { cluster, user } = request;
  const kind = cluster.kinds.find(path.group, path.resource);
  const version = kind?.versions.find((candidate) => candidate.name === path.version && candidate.served);
  if (!kind || !version) {
    const known = [...cluster.kinds.all()].some(
      (one) => !one.custom && one.group === path.group && one.versions.some((v) => v.name === path.version),
    );
    throw known ? noSuchResource() : new PageNotFound();
  }
  const below = path.namespace !== undefined && kind.storeKey !== "/namespaces";
  if (below && !kind.namespaced) throw kind.custom ? new PageNotFound() : noSuchResource();
  checkSubresource(kind, path, version.status, version.scale !== undefined);
  if (version.deprecationWarning !== undefined) {
    const stored = apiVersionOf(kind.group, kind.storageVersion);
    const own = apiVersionOf(kind.group, version.name);
    request.warnings.push(
      version.deprecationWarning || `${own} ${kind.kind} is deprecated; use ${stored} ${kind.kind}`,
    );
  }
  return {
    cluster,
    user,
    kind,
    version,
    apiVersion: apiVersionOf(kind.group, version.name),
    namespace: kind.namespaced ? path.namespace : undefined,
    name: path.name,
    subresource: path.subresource,
  };
}

function checkSubresource(kind: Kind, path: ResourcePath, status: boolean, scale: boolean): void {
  const { subresource } = path;
  if (subresource === "" || (subresource === "status" && status) || (subresource === "scale" && scale))
    return;
  if (kind.subresources.some((one) => one.name === subresource)) return;
  throw kind.custom ? notFound(kind, path.name ?? "") : noSuchResource();
}

async function handle(
  request: ApiRequest,
  target: Target,
  response: ServerResponse,
): Promise<Reply | undefined> {
  if (request.verb === "deletecollection" && target.kind.namespaced && target.namespace === undefined) {
    throw target.kind.custom ? new PageNotFound() : methodNotAllowed();
  }
  if (request.verb === "deletecollection" && !target.kind.verbs.includes(request.verb))
    throw methodNotAllowed();
  checkMethod(request, target);
  switch (request.verb) {
    case "list":
      return list(request, target);
    case "watch":
      watchObjects(request, target, response);
      return undefined;
    case "get":
      return get(request, target);
    case "create":
      return create(request, target);
    case "update":
      return update(request, target);
    case "patch":
      return patch(request, target);
    case "delete":
      return remove(request, target);
    case "deletecollection": {
      const body = await optionalBody(request);
      const listed = deleteCollection(
        request.query,
        target,
        deleteOptionsOf(body, request.query, (text) => request.warnings.push(text)),
      );
      return { status: 200, json: listText(listed, target) };
    }
    default:
      throw methodNotAllowed();
  }
}

/** Which methods a path takes: custom resources and built-in ones refuse in different words (recorded in requests). */
function checkMethod(request: ApiRequest, target: Target): void {
  const { verb } = request;
  const { kind, name, subresource } = target;
  const needsName = verb === "update" || verb === "patch";
  const known = ["list", "watch", "get", "create", "update", "patch", "delete", "deletecollection"].includes(
    verb,
  );
  if (!kind.custom) {
    if (request.method === "HEAD") throw methodNotAllowed();
    if (!known || (needsName && name === undefined) || (verb === "create" && name !== undefined))
      throw methodNotAllowed();
    if (subresource === "status" && verb === "delete") throw methodNotAllowed();
    return;
  }
  if (kind.namespaced && name !== undefined && target.namespace === undefined) throw new PageNotFound();
  if (!known || (subresource === "status" && (verb === "create" || verb === "delete"))) {
    const said = known ? verb : "";
    const details = { group: kind.group, kind: kind.resource };
    const message = `${said} is not supported on resources of kind "${kind.resource}.${kind.group}"`;
    throw new ApiError(405, "MethodNotAllowed", message, details);
  }
  if (needsName && name === undefined) throw badRequest("name must be provided");
}

function list(request: ApiRequest, target: Target): Reply {
  const presenter = presenterOf(request, target);
  const listed = listObjects(request.query, target);
  const json = presenter.list(listed.items, listed.metadata) ?? listText(listed, target);
  return { status: 200, json, contentType: presenter.contentType };
}

function get(request: ApiRequest, target: Target): Reply {
  const presenter = presenterOf(request, target);
  requireReached(request.query.get("resourceVersion") ?? "", target.cluster.store.revision);
  return { status: 200, json: presenter.text(storedOf(target)), contentType: presenter.contentType };
}

/** The object of a finished write, in the form the client asked for. */
function written(request: ApiRequest, target: Target, status: number, object: KubeObject): Reply {
  const presenter = presenterOf(request, target);
  const stored = { object: inVersion(object, target), revision: 0, text: undefined };
  return { status, json: presenter.text(stored), contentType: presenter.contentType };
}

async function optionalBody(request: ApiRequest): Promise<Json | undefined> {
  const text = await readBody(request.incoming);
  return text === "" ? undefined : parseBody(text, mediaTypeOf(request.incoming));
}

async function create(request: ApiRequest, target: Target): Promise<Reply> {
  if (target.kind.namespaced && target.namespace === undefined) {
    if (target.kind.custom) throw new PageNotFound();
    throw methodNotAllowed();
  }
  presenterOf(request, target);
  const { value, text } = await bodyOf(request, target.kind.kind);
  const body = readObject(value, target, text);
  return written(request, target, 201, createObject(body, target, writeOptionsOf(request)));
}

async function update(request: ApiRequest, target: Target): Promise<Reply> {
  const { value, text } = await bodyOf(request, target.kind.kind);
  const body = readObject(value, target, text);
  requireSameName(body.metadata.name, target.name ?? "");
  const options = writeOptionsOf(request);
  dropUnknown(body, target, options);
  const live = storedOf(target);
  return written(request, target, 200, updateObject(body, live, target, options));
}

function requireSameName(own: string, name: string): void {
  if (own === "") {
    throw badRequest(
      `the name of the object (${name} based on URL) was undeterminable: name must be provided`,
    );
  }
  if (own !== name) {
    throw badRequest(`the name of the object (${own}) does not match the name on the URL (${name})`);
  }
}

async function patch(request: ApiRequest, target: Target): Promise<Reply> {
  const mediaType = mediaTypeOf(request.incoming);
  checkPatchType(mediaType, target);
  const text = await readBody(request.incoming);
  const isApply = mediaType === "application/apply-patch+yaml";
  checkApplyOptions(request.query, isApply);
  const options = writeOptionsOf(request);
  if (isApply) {
    const { created, object } = applyObject(
      parseBody(text, "application/yaml", request.duplicates),
      target,
      options,
    );
    return written(request, target, created ? 201 : 200, object);
  }
  return written(request, target, 200, patchObject(mediaType, parsePatch(text), target, options));
}

function parsePatch(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw badRequest("error decoding patch: unexpected end of JSON input");
  }
}

async function remove(request: ApiRequest, target: Target): Promise<Reply> {
  const body = await optionalBody(request);
  const options = deleteOptionsOf(body, request.query, (text) => request.warnings.push(text));
  const { kind } = target;
  const { gone, object } = deleteObject(storedOf(target), target, options);
  if (!gone) return written(request, target, 200, object);
  const { name, uid } = object.metadata;
  const details = {
    name,
    ...(kind.group === "" ? {} : { group: kind.group }),
    kind: kind.resource,
    ...(uid === undefined ? {} : { uid }),
  };
  return {
    status: 200,
    body: { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details },
  };
}
