import type { JsonObject } from "./json.ts";

export interface Cause extends JsonObject {
  reason: string;
  message: string;
  field: string;
}

/** What a kind is called in messages: `clusters.cluster.x-k8s.io`, `namespaces`. */
export interface Named {
  group: string;
  resource: string;
  kind: string;
}

/** An answer of kind Status, thrown by whatever finds the reason and sent by the dispatcher. */
export class ApiError extends Error {
  readonly code: number;
  readonly status: JsonObject;
  readonly headers: Record<string, string>;

  constructor(
    code: number,
    reason: string | undefined,
    message: string,
    details?: JsonObject,
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.code = code;
    this.headers = headers;
    this.status = {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message,
      ...(reason === undefined ? {} : { reason }),
      ...(details === undefined ? {} : { details }),
      code,
    };
  }
}

/** A 404 that is no Status: unknown groups, versions and resources of CRD groups. */
export class PageNotFound extends Error {}

export function qualified(group: string, name: string): string {
  return group === "" ? name : `${name}.${group}`;
}

function details(kind: Named, name: string, more: JsonObject = {}): JsonObject {
  return {
    ...(name === "" ? {} : { name }),
    ...(kind.group === "" ? {} : { group: kind.group }),
    kind: kind.resource,
    ...more,
  };
}

export function notFound(kind: Named, name: string): ApiError {
  const message = `${qualified(kind.group, kind.resource)} "${name}" not found`;
  return new ApiError(404, "NotFound", message, details(kind, name));
}

/** The generic 404 of paths below a known group and version. */
export function noSuchResource(): ApiError {
  return new ApiError(404, "NotFound", "the server could not find the requested resource", {});
}

export function alreadyExists(kind: Named, name: string): ApiError {
  const message = `${qualified(kind.group, kind.resource)} "${name}" already exists`;
  return new ApiError(409, "AlreadyExists", message, details(kind, name));
}

export function beingDeleted(kind: Named, name: string): ApiError {
  const message = `object is being deleted: ${qualified(kind.group, kind.resource)} "${name}" already exists`;
  return new ApiError(409, "AlreadyExists", message, details(kind, name));
}

export function conflict(kind: Named, name: string, why: string): ApiError {
  const message = `Operation cannot be fulfilled on ${qualified(kind.group, kind.resource)} "${name}": ${why}`;
  return new ApiError(409, "Conflict", message, details(kind, name));
}

export const modifiedMeanwhile =
  "the object has been modified; please apply your changes to the latest version and try again";

export function badRequest(message: string): ApiError {
  return new ApiError(400, "BadRequest", message);
}

export function forbidden(kind: Named, name: string, why: string, more: JsonObject = {}): ApiError {
  const subject = `${qualified(kind.group, kind.resource)}${name === "" ? "" : ` "${name}"`}`;
  return new ApiError(403, "Forbidden", `${subject} is forbidden: ${why}`, details(kind, name, more));
}

export function methodNotAllowed(): ApiError {
  return new ApiError(
    405,
    "MethodNotAllowed",
    "the server does not allow this method on the requested resource",
    {},
  );
}

export function unsupportedMediaType(message: string): ApiError {
  return new ApiError(415, "UnsupportedMediaType", message);
}

export function notAcceptable(accepted: string): ApiError {
  return new ApiError(406, "NotAcceptable", `only the following media types are accepted: ${accepted}`);
}

/** 422 with its causes, worded as the API server words an aggregate. */
export function invalid(kind: Named, name: string, causes: Cause[]): ApiError {
  // The same said twice counts once in the message (apimachinery, Aggregate).
  const said = [...new Set(causes.map((cause) => `${cause.field}: ${cause.message}`))];
  const text = said.length === 1 ? said.join("") : `[${said.join(", ")}]`;
  return new ApiError(422, "Invalid", `${qualified(kind.group, kind.kind)} "${name}" is invalid: ${text}`, {
    ...(name === "" ? {} : { name }),
    ...(kind.group === "" ? {} : { group: kind.group }),
    ...(kind.kind === "" ? {} : { kind: kind.kind }),
    causes,
  });
}

export function internalError(message: string): ApiError {
  return new ApiError(500, "InternalError", `Internal error occurred: ${message}`, {
    causes: [{ message }],
  });
}
