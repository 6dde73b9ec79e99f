import { capi } from "../capi/kinds.ts";
import { recordAt, textAt } from "../capi/read.ts";
import { parseKey } from "../runtime/objects.ts";
import { resourceId } from "./agent-pool-nodes.ts";
import { asoConditions, asoDeleting, reconciling } from "./aso-condition.ts";
import type { Azure } from "./azure.ts";
import { azureNameOf } from "./azure.ts";

export const ASO_FINALIZER = "serviceoperator.azure.com/finalizer";

/** Azure Service Operator's and Azure's part for a ResourceGroup; it goes when its clusters are gone. */
export async function reconcileResourceGroup(
  azure: Azure,
  key: string,
): Promise<{ requeueAfterMs?: number } | undefined> {
  const { namespace, name } = parseKey(key);
  const { management, stopwatch } = azure;
  const group = management.get(capi.resourceGroup, name, namespace);
  if (group === undefined) {
    stopwatch.clear(`rg/${key}`);
    return undefined;
  }
  const now = new Date();
  const durations = management.durations();
  const status = recordAt(group, "status");
  if (group.metadata.deletionTimestamp !== undefined) {
    const conditions = asoConditions(group, asoDeleting, now);
    await management.writeStatus(capi.resourceGroup, group, { ...status, conditions });
    const inside = management.informers.of(capi.managedCluster).list(namespace);
    if (inside.some((each) => textAt(each, "spec", "owner", "name") === name))
      return { requeueAfterMs: 1_000 };
    const left = durations.deletionMs * 0.3 - stopwatch.elapsed(`rg/${key}`, "delete");
    if (left > 0) return { requeueAfterMs: left };
    await management.removeFinalizer(capi.resourceGroup, group, ASO_FINALIZER);
    return undefined;
  }
  await management.ensureMetadata(capi.resourceGroup, group, { finalizer: ASO_FINALIZER });
  const wasMade = textAt(status, "properties", "provisioningState") === "Succeeded";
  const left = wasMade ? 0 : durations.infrastructureMs - stopwatch.elapsed(`rg/${key}`, "create");
  const isMade = left <= 0;
  const azureName = azureNameOf(group);
  await management.writeStatus(capi.resourceGroup, group, {
    ...status,
    conditions: asoConditions(group, isMade ? { status: "True" } : reconciling, now),
    ...(isMade
      ? {
          id: resourceId("resourceGroups", azureName),
          name: azureName,
          location: textAt(group, "spec", "location"),
          properties: { provisioningState: "Succeeded" },
        }
      : {}),
  });
  return isMade ? undefined : { requeueAfterMs: left + 5 };
}
