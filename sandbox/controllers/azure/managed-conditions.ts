import type { OldSaid } from "../capi/conditions.ts";
import { listAt, textAt } from "../capi/read.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { isAsoReady } from "./aso-condition.ts";

/** One v1beta1 condition that says how far an ASO object is; severity Info in progress, Error failed. */
export function serviceCondition(type: string, service: string, object: Unstructured | undefined): OldSaid {
  if (isAsoReady(object)) return { type, status: "True" };
  const ready = listAt(object, "status", "conditions").find((each) => textAt(each, "type") === "Ready");
  if (textAt(ready, "severity") === "Error")
    return {
      type,
      status: "False",
      severity: "Error",
      reason: "Failed",
      message: `failed to reconcile ${service}: ${textAt(ready, "reason") ?? ""}: ${textAt(ready, "message") ?? ""}`,
    };
  const isNew =
    textAt(object, "status", "id") === undefined && textAt(object, "status", "name") === undefined;
  return isNew
    ? {
        type,
        status: "False",
        severity: "Info",
        reason: "Creating",
        message: `${service} creating or updating`,
      }
    : { type, status: "False", severity: "Info", reason: "Updating", message: `${service} updating` };
}

/** `Ready` first: the first of the others that is not True speaks for all. */
export function withReady(conditions: readonly OldSaid[]): OldSaid[] {
  const bad =
    conditions.find((each) => each.severity === "Error") ?? conditions.find((each) => each.status !== "True");
  return [bad === undefined ? { type: "Ready", status: "True" } : { ...bad, type: "Ready" }, ...conditions];
}
