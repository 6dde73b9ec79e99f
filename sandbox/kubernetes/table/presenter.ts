import { badRequest, notAcceptable } from "../api-error.ts";
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

const tableVersion = "meta.k8s.io/v1";

/** Chooses by the Accept header (`as=Table`, `as=PartialObjectMetadata[List]`), first match wins. */
export function presenterOf(request: ApiRequest, target: Target): Presenter {
  for (const item of (request.incoming.headers.accept ?? "").split(",")) {
    const [type = "", ...parameters] = item.split(";").map((part) => part.trim());
    const as = parameters.find((parameter) => parameter.startsWith("as="))?.slice(3);
    if (as === undefined && (type === "application/json" || type === "*/*" || type === "")) break;
    const contentType = [type, ...parameters.filter((parameter) => !parameter.startsWith("q="))].join(";");
    if (as === "Table" && type === "application/json" && parameters.includes("v=v1"))
      return table(request, target, contentType);
    if (as?.startsWith("PartialObjectMetadata") && type === "application/json")
      return metadataOnly(contentType);
  }
  const accept = request.incoming.headers.accept ?? "";
  if (accept !== "" && !/json|\*\/\*|application\/\*|yaml|protobuf|cbor/.test(accept)) {
    throw notAcceptable("application/json, application/yaml, application/vnd.kubernetes.protobuf");
  }
  return {
    form: "object",
    contentType: "application/json",
    watchType: "application/json",
    text: (stored) => textInVersion(stored, target),
    list: () => undefined,
  };
}

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

function table(request: ApiRequest, target: Target, contentType: string): Presenter {
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
          : { kind: "PartialObjectMetadata", apiVersion: tableVersion, metadata: stored.object.metadata },
  });
  const whole = (items: Stored[], metadata: JsonObject, columns: Json): string =>
    JSON.stringify({
      kind: "Table",
      apiVersion: tableVersion,
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
      return whole([stored], { resourceVersion: stored.object.metadata.resourceVersion }, columns);
    },
    list: (items, metadata) => whole(items, metadata, columnsOf(target)),
  };
}
