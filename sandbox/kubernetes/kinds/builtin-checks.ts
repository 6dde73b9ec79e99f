import type { Cause } from "../api-error.ts";
import { checkCel } from "../admission/cel.ts";
import { isObject, listOf, objectOf, sameJson, textOf } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";
import type { KubeObject } from "../kube-object.ts";

/** Validation of built-in kinds that clients run into, worded as recorded in core and admission. */
export function checkBuiltin(object: KubeObject, live: KubeObject | undefined): Cause[] {
  return checks[object.kind]?.(object, live) ?? [];
}

function wrong(field: string, value: Json | undefined, text: string): Cause {
  const shown = value === undefined ? "" : `${JSON.stringify(value)}: `;
  return { reason: "FieldValueInvalid", message: `Invalid value: ${shown}${text}`, field };
}

function required(field: string): Cause {
  return { reason: "FieldValueRequired", message: "Required value", field };
}

const keyText =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

function checkKeys(object: JsonObject, field: string): Cause[] {
  return Object.keys(objectOf(object[field]))
    .filter((key) => !/^[-._a-zA-Z0-9]+$/.test(key))
    .map((key) => wrong(`${field}[${key}]`, key, keyText));
}

function forbidden(field: string): Cause {
  const message = "Forbidden: field is immutable when `immutable` is set";
  return { reason: "FieldValueForbidden", message, field };
}

/** Data of an immutable Secret or ConfigMap stays, and so does the mark. */
function checkImmutable(object: KubeObject, live: KubeObject | undefined, fields: string[]): Cause[] {
  if (live?.["immutable"] !== true) return [];
  const causes = object["immutable"] === true ? [] : [forbidden("immutable")];
  return [
    ...causes,
    ...fields.filter((field) => !sameJson(objectOf(object[field]), objectOf(live[field]))).map(forbidden),
  ];
}

const neededKeys: Record<string, string[]> = {
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
};

function checkJson(base64: string, field: string): Cause[] {
  const text = Buffer.from(base64, "base64").toString();
  try {
    JSON.parse(text);
    return [];
  } catch {
    const why = `invalid character '${text.slice(0, 1)}' looking for beginning of value`;
    return [wrong(field, "<secret contents redacted>", why)];
  }
}

const largest = 1024 * 1024;

/** Secrets and ConfigMaps hold at most 1 MiB, counted as texts here. */
function checkSize(...maps: JsonObject[]): Cause[] {
  const size = maps
    .flatMap((map) => Object.values(map))
    .reduce((sum: number, value) => sum + textOf(value).length, 0);
  if (size <= largest) return [];
  const message = `Too long: may not be more than ${String(largest)} bytes`;
  return [{ reason: "FieldValueTooLong", message, field: "[]" }];
}

function checkSecret(object: KubeObject, live: KubeObject | undefined): Cause[] {
  const data = objectOf(object["data"]);
  const type = textOf(object["type"]);
  const causes = checkKeys(object, "data");
  for (const key of neededKeys[type] ?? [])
    if (data[key] === undefined) causes.push(required(`data[${key}]`));
  const docker = data[".dockerconfigjson"];
  if (type === "kubernetes.io/dockerconfigjson" && typeof docker === "string") {
    causes.push(...checkJson(docker, "data[.dockerconfigjson]"));
  }
  causes.push(...checkSize(data));
  if (live && live["type"] !== object["type"]) {
    causes.push(wrong("type", object["type"], "field is immutable"));
  }
  return [...causes, ...checkImmutable(object, live, ["data"])];
}

function checkConfigMap(object: KubeObject, live: KubeObject | undefined): Cause[] {
  const data = objectOf(object["data"]);
  const both = Object.keys(objectOf(object["binaryData"])).filter((key) => data[key] !== undefined);
  const text = "duplicate of key present in binaryData";
  return [
    ...checkKeys(object, "data"),
    ...both.map((key) => wrong(`data[${key}]`, key, text)),
    ...checkKeys(object, "binaryData"),
    ...checkSize(data, objectOf(object["binaryData"])),
    ...checkImmutable(object, live, ["data", "binaryData"]),
  ];
}

function checkPolicy(object: KubeObject): Cause[] {
  return listOf(objectOf(object["spec"])["validations"])
    .filter(isObject)
    .flatMap((validation, i) => {
      const expression = textOf(validation["expression"]);
      const problem = checkCel(expression);
      return problem === undefined
        ? []
        : [wrong(`spec.validations[${String(i)}].expression`, expression, problem)];
    });
}

/** Only the newer group insists on time, reason and the like; of old Events just the namespace is looked at. */
function checkEvent(object: KubeObject, live: KubeObject | undefined): Cause[] {
  const involved = objectOf(object["involvedObject"] ?? object["regarding"]);
  const other = textOf(involved["namespace"]);
  const causes: Cause[] = [];
  if (other !== "" && other !== object.metadata.namespace) {
    causes.push(wrong("involvedObject.namespace", other, "does not match event.namespace"));
  }
  if (object.apiVersion === "v1" || live) return causes;
  if (typeof object["eventTime"] !== "string") causes.push(required("eventTime"));
  else {
    for (const name of ["reportingController", "reportingInstance", "action", "reason"])
      if (textOf(object[name]) === "") causes.push(required(name));
  }
  const type = textOf(object["type"]);
  if (type !== "Normal" && type !== "Warning") causes.push(wrong("type", "", `has invalid value: ${type}`));
  return causes;
}

const checks: Record<string, (object: KubeObject, live: KubeObject | undefined) => Cause[]> = {
  Secret: checkSecret,
  ConfigMap: checkConfigMap,
  ValidatingAdmissionPolicy: checkPolicy,
  Event: checkEvent,
};
