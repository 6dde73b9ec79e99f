import type { NodeView } from "./node-view.ts";
import type { Unstructured } from "../runtime/objects.ts";

/**
 * What is known of the workload API server: it answers, it does not but what was said may stand, or it has not for
 * so long that nothing said of the Node counts (`--remote-conditions-grace-period`).
 */
export type Contact = { state: "up" | "unsure" } | { state: "down"; lastSuccess: Date };

/** Everything a Machine's status is computed from. */
export interface MachineFacts {
  machine: Unstructured;
  cluster: Unstructured | undefined;
  infrastructure: Unstructured | undefined;
  bootstrap: Unstructured | undefined;
  node: NodeView | undefined;
  /** Whether the workload API server can be asked for its Nodes. */
  contact: Contact;
  /** The version the machine's owner wants. */
  wantedVersion: string | undefined;
  now: Date;
}
