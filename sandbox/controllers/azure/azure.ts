import { capi } from "../capi/kinds.ts";
import type { Management } from "../capi/management.ts";
import { clusterNameOf } from "../capi/management.ts";
import { textAt } from "../capi/read.ts";
import type { Stopwatch } from "../capi/stopwatch.ts";
import type { WorkloadApi } from "../capi/workload-api.ts";
import type { Unstructured } from "../runtime/objects.ts";

/** What the reconcilers of the Azure provider share. */
export interface Azure {
  management: Management;
  workloads: WorkloadApi;
  stopwatch: Stopwatch;
}

/** The object an ASO object's or a provider object's controller reference names. */
export function controllerOf({ management }: Azure, object: Unstructured): Unstructured | undefined {
  const owner = object.metadata.ownerReferences?.find((each) => each.controller === true);
  const kind = Object.values(capi).find((each) => each.kind === owner?.kind);
  return owner && kind && management.get(kind, owner.name, object.metadata.namespace);
}

/** The Cluster of a provider object (by label) or of an ASO object (through its controller). */
export function clusterOfObject(azure: Azure, object: Unstructured): Unstructured | undefined {
  const name = clusterNameOf(object) ?? clusterNameOf(controllerOf(azure, object) ?? object);
  return name === undefined ? undefined : azure.management.get(capi.cluster, name, object.metadata.namespace);
}

/** The name in Azure: `spec.azureName`, else the object's own. */
export function azureNameOf(object: Unstructured): string {
  return textAt(object, "spec", "azureName") ?? object.metadata.name;
}
