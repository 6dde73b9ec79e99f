import { unsupportedMediaType } from "../api-error.ts";
import type { Json, JsonObject } from "../json.ts";

/** A field of a message: its JSON name and how its bytes are read; `*` = repeated. */
type Field = [
  name: string,
  type: "text" | "bytes" | "int" | "bool" | "time" | "textMap" | "bytesMap" | Message,
  repeated?: "*",
];
interface Message {
  [number: number]: Field;
}

const owner: Message = {
  5: ["apiVersion", "text"],
  1: ["kind", "text"],
  3: ["name", "text"],
  4: ["uid", "text"],
  6: ["controller", "bool"],
  7: ["blockOwnerDeletion", "bool"],
};
const metadata: Message = {
  1: ["name", "text"],
  2: ["generateName", "text"],
  3: ["namespace", "text"],
  5: ["uid", "text"],
  6: ["resourceVersion", "text"],
  7: ["generation", "int"],
  8: ["creationTimestamp", "time"],
  11: ["labels", "textMap"],
  12: ["annotations", "textMap"],
  13: ["ownerReferences", owner, "*"],
  14: ["finalizers", "text", "*"],
};
const reference: Message = { 1: ["kind", "text"], 2: ["namespace", "text"], 3: ["name", "text"] };
const localReference: Message = { 1: ["name", "text"] };
const rule: Message = {
  1: ["verbs", "text", "*"],
  2: ["apiGroups", "text", "*"],
  3: ["resources", "text", "*"],
  4: ["resourceNames", "text", "*"],
  5: ["nonResourceURLs", "text", "*"],
};
const subject: Message = {
  1: ["kind", "text"],
  2: ["apiGroup", "text"],
  3: ["name", "text"],
  4: ["namespace", "text"],
};
const roleRef: Message = { 1: ["apiGroup", "text"], 2: ["kind", "text"], 3: ["name", "text"] };
const role: Message = { 1: ["metadata", metadata], 2: ["rules", rule, "*"] };
const binding: Message = {
  1: ["metadata", metadata],
  2: ["subjects", subject, "*"],
  3: ["roleRef", roleRef],
};
const resourceAttributes: Message = {
  1: ["namespace", "text"],
  2: ["verb", "text"],
  3: ["group", "text"],
  4: ["version", "text"],
  5: ["resource", "text"],
  6: ["subresource", "text"],
  7: ["name", "text"],
};
const pathAttributes: Message = { 1: ["path", "text"], 2: ["verb", "text"] };
const accessSpec: Message = {
  1: ["resourceAttributes", resourceAttributes],
  2: ["nonResourceAttributes", pathAttributes],
};

/** Messages of the kinds kubectl sends as protobuf: `kubectl create <kind>`, `auth can-i`, `create token` (k8s.io/api, generated.proto). */
const messages: Record<string, Message> = {
  Namespace: { 1: ["metadata", metadata], 2: ["spec", { 1: ["finalizers", "text", "*"] }] },
  ConfigMap: {
    1: ["metadata", metadata],
    2: ["data", "textMap"],
    3: ["binaryData", "bytesMap"],
    4: ["immutable", "bool"],
  },
  Secret: {
    1: ["metadata", metadata],
    2: ["data", "bytesMap"],
    3: ["type", "text"],
    4: ["stringData", "textMap"],
    5: ["immutable", "bool"],
  },
  ServiceAccount: {
    1: ["metadata", metadata],
    2: ["secrets", reference, "*"],
    3: ["imagePullSecrets", localReference, "*"],
  },
  Role: role,
  ClusterRole: role,
  RoleBinding: binding,
  ClusterRoleBinding: binding,
  SelfSubjectAccessReview: { 1: ["metadata", metadata], 2: ["spec", accessSpec] },
  SelfSubjectRulesReview: { 1: ["metadata", metadata], 2: ["spec", { 1: ["namespace", "text"] }] },
  SelfSubjectReview: { 1: ["metadata", metadata] },
  TokenRequest: {
    1: ["metadata", metadata],
    2: ["spec", { 1: ["audiences", "text", "*"], 4: ["expirationSeconds", "int"] }],
  },
  DeleteOptions: {
    1: ["gracePeriodSeconds", "int"],
    3: ["orphanDependents", "bool"],
    4: ["propagationPolicy", "text"],
    5: ["dryRun", "text", "*"],
  },
};

/** `k8s\0`, then runtime.Unknown: typeMeta (1: apiVersion 1, kind 2) and raw (2). */
const magic = Buffer.from([0x6b, 0x38, 0x73, 0x00]);
const unknown: Message = {
  1: ["typeMeta", { 1: ["apiVersion", "text"], 2: ["kind", "text"] }],
  2: ["raw", "bytes"],
};

/**
 * A Kubernetes protobuf body as JSON.
 *
 * @throws ApiError 415 for kinds that are not known here.
 */
export function decodeProtobuf(body: Buffer): JsonObject {
  const envelope = body.subarray(0, 4).equals(magic) ? read(body.subarray(4), unknown) : {};
  const type = envelope["typeMeta"];
  const { apiVersion, kind } = typeof type === "object" && type !== null && !Array.isArray(type) ? type : {};
  const message = typeof kind === "string" ? messages[kind] : undefined;
  if (!message || typeof envelope["raw"] !== "string") {
    throw unsupportedMediaType(
      "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml",
    );
  }
  return { apiVersion, kind, ...read(Buffer.from(envelope["raw"], "base64"), message) };
}

function read(bytes: Buffer, message: Message): JsonObject {
  const result: JsonObject = {};
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const field = message[Math.floor(key / 8)];
    let raw: number | Buffer;
    if ((key & 7) === 0) raw = varint();
    else if ((key & 7) === 2) {
      const length = varint();
      raw = bytes.subarray(at, at + length);
      at += length;
    } else throw unsupportedMediaType("the body of the request holds an unknown wire type");
    if (field) put(result, field, raw);
  }
  return result;
}

/** Empty texts are what Go writes for absent ones. */
function put(result: JsonObject, [name, type, repeated]: Field, raw: number | Buffer): void {
  if (type === "textMap" || type === "bytesMap") {
    if (typeof raw === "number") return;
    const value = type === "textMap" ? "text" : "bytes";
    const entry = read(raw, { 1: ["key", "text", "*"], 2: ["value", value, "*"] });
    const [key = ""] = texts(entry["key"]);
    const [text = ""] = texts(entry["value"]);
    result[name] = { ...(result[name] as JsonObject | undefined), [key]: text };
    return;
  }
  const value = valueOf(type, raw);
  if (repeated === "*") result[name] = [...((result[name] as Json[] | undefined) ?? []), value];
  else if (value !== "" && value !== null) result[name] = value;
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function valueOf(type: "text" | "bytes" | "int" | "bool" | "time" | Message, raw: number | Buffer): Json {
  if (type === "bool") return raw !== 0;
  if (type === "int") return typeof raw === "number" ? raw : 0;
  if (typeof raw === "number") return null;
  if (type === "text") return raw.toString("utf8");
  if (type === "bytes") return raw.toString("base64");
  if (type === "time") return null;
  return read(raw, type);
}
