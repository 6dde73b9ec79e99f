import { lifecycles, type LifecycleState } from "../../domain/cluster/lifecycle.ts";
import type { ClusterData } from "../../db/inventory-rows.ts";

/** Columns that hang on the Cluster object, as they last were: for while no Cluster can be read at all. */
export function rememberUnseen(before: ClusterData) {
  const { uid, live, desiredVersion, observedVersion, minor, nodesReady, nodesDesired } = before;
  const { ahead, conditions, controlPlane, nodes, provider, contact, contactMessage, contactSince } = before;
  return {
    ...{ uid, live, desiredVersion, observedVersion, minor, nodesReady, nodesDesired },
    ...{ ahead, conditions, controlPlane, nodes, provider, contact, contactMessage, contactSince },
    requestedBy: null,
    deletedAt: null,
  };
}

/** What it was going through when it was last seen. */
export function lifecycleBefore({ lifecycle, lifecycleDetail }: ClusterData): LifecycleState {
  const known = lifecycles.find((one) => one === lifecycle) ?? "Ready";
  return { lifecycle: known, detail: lifecycleDetail };
}
