import { nodeName, providerId } from "../azure/agent-pool-nodes.ts";

/** A node that should exist on a workload cluster. */
export interface WantedNode {
  name: string;
  providerId: string;
  /** With its leading v. */
  kubeletVersion: string;
  instanceType: string;
  region: string;
  zone: string;
  ready: boolean;
  labels: Record<string, string>;
}

/** What decides the nodes of one AKS pool. */
export interface PoolView {
  pool: string;
  cluster: string;
  nodeResourceGroup: string;
  count: number;
  /** What the pool runs, without a leading v. */
  version: string;
  /** What it is being upgraded to; the same as `version` otherwise. */
  target: string;
  /** Part of the upgrade that is done, 0–1. */
  progress: number;
  vmSize: string;
  mode: string;
  region: string;
  ready: boolean;
}

/** The nodes of an AKS pool, named and labelled as AKS does; an upgrade replaces them one by one. */
export function poolNodes(view: PoolView): WantedNode[] {
  const upgraded = Math.floor(view.count * view.progress);
  return Array.from({ length: view.count }, (_, index): WantedNode => {
    const zone = `${view.region}-${String((index % 3) + 1)}`;
    return {
      name: nodeName(view, index),
      providerId: providerId(view, index),
      kubeletVersion: `v${index < upgraded ? view.target : view.version}`,
      instanceType: view.vmSize,
      region: view.region,
      zone,
      ready: view.ready,
      labels: {
        agentpool: view.pool,
        "kubernetes.azure.com/agentpool": view.pool,
        "kubernetes.azure.com/cluster": view.nodeResourceGroup.slice(0, 63),
        "kubernetes.azure.com/mode": view.mode.toLowerCase(),
        "kubernetes.azure.com/role": "agent",
      },
    };
  });
}

/** The node of a dev machine. */
export function machineNode(machine: {
  name: string;
  version: string;
  isControlPlane: boolean;
  ready: boolean;
}): WantedNode {
  return {
    name: machine.name,
    providerId: `in-memory://${machine.name}`,
    kubeletVersion: machine.version,
    instanceType: "in-memory",
    region: "local",
    zone: "local",
    ready: machine.ready,
    labels: machine.isControlPlane ? { "node-role.kubernetes.io/control-plane": "" } : {},
  };
}
