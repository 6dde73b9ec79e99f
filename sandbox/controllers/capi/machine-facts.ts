import type { NodeView } from "./node-view.ts";
import type { Unstructured } from "../runtime/objects.ts";

/** Everything a Machine's status is computed from. */
export interface MachineFacts {
  machine: Unstructured;
  cluster: Unstructured | undefined;
  infrastructure: Unstructured | undefined;
  bootstrap: Unstructured | undefined;
  node: NodeView | undefined;
  /** The version the machine's owner wants. */
  wantedVersion: string | undefined;
  now: Date;
}
