import { kubeTime } from "../runtime/conditions.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { listAt, numberAt, textAt } from "../capi/read.ts";
import type { AzureError } from "./azure-error.ts";

/** What Azure Service Operator's one condition says; severity only while it is not True. */
export type AsoReady =
  | { status: "True" }
  | { status: "False"; severity: "Info" | "Warning" | "Error"; reason: string; message: string };

export const reconciling: AsoReady = {
  status: "False",
  severity: "Info",
  reason: "Reconciling",
  message: "The resource is in the process of being reconciled by the operator",
};

export const asoDeleting: AsoReady = {
  status: "False",
  severity: "Info",
  reason: "Deleting",
  message: "The resource is being deleted",
};

/** The owner named in `spec.owner` is not there. */
export function waitingForOwner(name: string, groupKind: string): AsoReady {
  return {
    status: "False",
    severity: "Warning",
    reason: "WaitingForOwner",
    message: `Owner "${name}, Group/Kind: ${groupKind}" cannot be found. Progress is blocked until the owner is created.`,
  };
}

/** Azure refused, and retrying will not help. */
export function refused(error: AzureError): AsoReady {
  return { status: "False", severity: "Error", reason: error.code, message: error.message };
}

/** The condition list to store. */
export function asoConditions(object: Unstructured, ready: AsoReady, now: Date): unknown[] {
  const before = listAt(object, "status", "conditions").find((each) => textAt(each, "type") === "Ready");
  const same = textAt(before, "status") === ready.status && textAt(before, "severity") === severityOf(ready);
  const reason = ready.status === "True" ? { reason: "Succeeded" } : ready;
  return [
    {
      type: "Ready",
      ...reason,
      status: ready.status,
      observedGeneration: object.metadata.generation,
      lastTransitionTime: (same ? textAt(before, "lastTransitionTime") : undefined) ?? kubeTime(now),
    },
  ];
}

/** Whether ASO reports this generation of an object as done. */
export function isAsoReady(object: Unstructured | undefined): boolean {
  const ready = listAt(object, "status", "conditions").find((each) => textAt(each, "type") === "Ready");
  const generation = object?.metadata.generation ?? 0;
  return textAt(ready, "status") === "True" && (numberAt(ready, "observedGeneration") ?? 0) >= generation;
}

function severityOf(ready: AsoReady): string | undefined {
  return ready.status === "True" ? undefined : ready.severity;
}
