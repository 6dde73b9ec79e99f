import { conditionOf } from "./conditions.ts";
import { textAt } from "./read.ts";
import type { Unstructured } from "../runtime/objects.ts";

/** What Cluster API reads of a workload cluster's Node. */
export interface NodeView {
  name: string;
  uid: string;
  providerId: string;
  ready: boolean;
  /** Why it is not ready. */
  message: string;
  kubeletVersion: string;
}

/** Reads a Node; anything missing is empty, an absent Ready condition is not ready. */
export function parseNode(node: Unstructured): NodeView {
  const ready = conditionOf(node, "Ready");
  return {
    name: node.metadata.name,
    uid: node.metadata.uid ?? "",
    providerId: textAt(node, "spec", "providerID") ?? "",
    ready: ready?.status === "True",
    message: ready?.message ?? "",
    kubeletVersion: textAt(node, "status", "nodeInfo", "kubeletVersion") ?? "",
  };
}
