import { conditionOf } from "./conditions.ts";
import type { Said } from "./conditions.ts";
import { textAt } from "./read.ts";
import type { Unstructured } from "../runtime/objects.ts";

/** What Cluster API reads of a workload cluster's Node. */
export interface NodeView {
  name: string;
  uid: string;
  providerId: string;
  ready: boolean;
  /** Its own conditions, those it reports. */
  conditions: readonly Said[];
  kubeletVersion: string;
}

/** The conditions of a Node that Cluster API looks at, in its order. */
export const NODE_CONDITIONS = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"] as const;

/** Reads a Node; anything missing is empty, an absent Ready condition is not ready. */
export function parseNode(node: Unstructured): NodeView {
  return {
    name: node.metadata.name,
    uid: node.metadata.uid ?? "",
    providerId: textAt(node, "spec", "providerID") ?? "",
    ready: conditionOf(node, "Ready")?.status === "True",
    conditions: NODE_CONDITIONS.flatMap((type) => conditionOf(node, type) ?? []),
    kubeletVersion: textAt(node, "status", "nodeInfo", "kubeletVersion") ?? "",
  };
}
