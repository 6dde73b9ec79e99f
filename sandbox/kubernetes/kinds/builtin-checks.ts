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

function checkSecret(object: KubeObject, live: KubeObject | undefined): Cause[] {
  const data = objectOf(object["data"]);
  const type = textOf(object["type"]);
  const causes = checkKeys(object, "data");
  for (const key of neededKeys[type] ?? [])
    if (data[key] === undefined) causes.push(required(`data[${key}]`));
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

function checkEvent(object: KubeObject): Cause[] {
  const involved = objectOf(object["involvedObject"] ?? object["regarding"]);
  const other = textOf(involved["namespace"]);
  if (other === "" || other === object.metadata.namespace) return [];
  return [wrong("involvedObject.namespace", other, "does not match event.namespace")];
}

const checks: Record<string, (object: KubeObject, live: KubeObject | undefined) => Cause[]> = {
  Secret: checkSecret,
  ConfigMap: checkConfigMap,
  ValidatingAdmissionPolicy: checkPolicy,
  Event: checkEvent,
};
