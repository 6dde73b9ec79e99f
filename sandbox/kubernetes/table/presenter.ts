import { ApiError, badRequest, notAcceptable } from "../api-error.ts";
import type { ApiRequest } from "../http/parse-request.ts";
import type { Json, JsonObject } from "../json.ts";
import type { Stored } from "../store/object-store.ts";
import { inVersion, textInVersion } from "../verbs/target.ts";
import type { Target } from "../verbs/target.ts";
import { columnsOf, rowOf } from "./table-rows.ts";

/** In which form objects go out: whole, as Table rows, or as metadata only. */
export interface Presenter {
  form: "object" | "table" | "metadata";
  contentType: string;
  watchType: string;
  text: (stored: Stored) => string;
  list: (items: Stored[], metadata: JsonObject) => string | undefined;
}

const metaGroup = "meta.k8s.io";

/**
 * Chooses by the Accept header (`as=Table`, `as=PartialObjectMetadata[List]`), first match wins.
 *
 * @throws ApiError 406 when nothing the client takes can be sent.
 */
export function presenterOf(request: ApiRequest, target: Target): Presenter {
  const accept = request.incoming.headers.accept ?? "";
  for (const item of accept.split(",")) {
    const [type = "", ...parameters] = item.split(";").map((part) => part.trim());
    const asked = new Map(parameters.map((parameter) => parameter.split("=", 2) as [string, string]));
    const as = asked.get("as");
    if (as === undefined && takesPlain(type, target)) return whole(target);
    if (type !== "application/json") continue;
    const contentType = [type, ...parameters.filter((parameter) => !parameter.startsWith("q="))].join(";");
    const version = asked.get("v") ?? "";
    if (as === "Table" && ["v1", "v1beta1"].includes(version)) {
      return table(request, target, contentType, `${metaGroup}/${version}`);
    }
    if (as?.startsWith("PartialObjectMetadata") && version === "v1") {
      requireFitting(as, request.verb);
      return metadataOnly(contentType);
    }
  }
  throw nothingAcceptable(target);
}

/** Only built-in kinds have a protobuf form; who asks for it gets JSON here. YAML is answered as JSON, too. */
function takesPlain(type: string, target: Target): boolean {
  if (["", "*/*", "application/*", "application/json", "application/yaml"].includes(type)) return true;
  return type === "application/vnd.kubernetes.protobuf" && !target.kind.custom;
}

function nothingAcceptable(target: Target): ApiError {
  const types = "application/json, application/yaml, application/vnd.kubernetes.protobuf";
  if (target.kind.custom) return notAcceptable(types);
  const message = `406: Not Acceptable\n\nAvailable representations: ${types}`;
  return new ApiError(406, "NotAcceptable", message, {});
}

/** @throws ApiError when the metadata of a list is asked of one object, or the other way round (recorded in lists). */
function requireFitting(as: string, verb: string): void {
  if (as === "PartialObjectMetadata" && verb === "list") {
    const message =
      "you requested PartialObjectMetadata, but the requested object is a list (*unstructured.UnstructuredList)";
    throw new ApiError(406, "NotAcceptable", message);
  }
  if (as === "PartialObjectMetadataList" && verb === "get") {
    throw new ApiError(500, undefined, "content is not a list");
  }
}

function whole(target: Target): Presenter {
  return {
    form: "object",
    contentType: "application/json",
    watchType: "application/json",
    text: (stored) => textInVersion(stored, target),
    list: () => undefined,
  };
}

const tableVersion = `${metaGroup}/v1`;

function metadataOnly(contentType: string): Presenter {
  const partial = (stored: Stored): JsonObject => ({
    kind: "PartialObjectMetadata",
    apiVersion: tableVersion,
    metadata: stored.object.metadata,
  });
  return {
    form: "metadata",
    contentType,
    watchType: contentType,
    text: (stored) => JSON.stringify(partial(stored)),
    list: (items, metadata) =>
      JSON.stringify({
        kind: "PartialObjectMetadataList",
        apiVersion: tableVersion,
        metadata,
        items: items.map(partial),
      }),
  };
}

function table(request: ApiRequest, target: Target, contentType: string, apiVersion: string): Presenter {
  const include = request.query.get("includeObject") ?? "Metadata";
  if (!["Metadata", "Object", "None", ""].includes(include)) {
    throw badRequest(
      `Unable to convert to Table as requested: includeObject: Invalid value: "${include}": must be 'Metadata', 'Object', 'None', or empty`,
    );
  }
  const row = (stored: Stored): Json => ({
    cells: rowOf(stored.object, target),
    object:
      include === "Object"
        ? inVersion(stored.object, target)
        : include === "None"
          ? null
          : { kind: "PartialObjectMetadata", apiVersion, metadata: stored.object.metadata },
  });
  const answer = (items: Stored[], metadata: JsonObject, columns: Json): string =>
    JSON.stringify({
      kind: "Table",
      apiVersion,
      metadata,
      columnDefinitions: columns,
      rows: items.map(row),
    });
  let first = true;
  return {
    form: "table",
    contentType,
    watchType: contentType,
    text(stored) {
      const columns = first ? columnsOf(target) : [];
      first = false;
      return answer([stored], { resourceVersion: stored.object.metadata.resourceVersion }, columns);
    },
    list: (items, metadata) => answer(items, metadata, columnsOf(target)),
  };
}
