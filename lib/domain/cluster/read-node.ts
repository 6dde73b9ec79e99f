import { z } from "zod";
import { findCondition, readConditions } from "../conditions.ts";
import type { KubeObject } from "../kube-object.ts";
import { loose, looseBoolean, looseString } from "../loose.ts";
import { tones, type Mark } from "./mark.ts";

const specSchema = loose({ unschedulable: looseBoolean });
const statusSchema = loose({
  nodeInfo: loose({ kubeletVersion: looseString }),
  conditions: z.unknown().optional(),
});

/** A node as the cluster's own API server tells of it. */
export interface NodeFacts extends Mark {
  name: string;
  /** Display name of its pool; null where it is of none that we know, as control planes are. */
  pool: string | null;
  version: string | null;
  /** Of its Ready condition, while that is not True. */
  reason: string | null;
  message: string | null;
  /** Since when it is ready, or not. */
  since: string | null;
}

/** Names by which a node is matched to its pool. */
interface PoolNames {
  name: string;
  displayName: string;
}

/** Reads a Node: its own word is its Ready condition, and one that nobody reports on is not ready either. */
export function readNode(object: KubeObject, pools: readonly PoolNames[]): NodeFacts {
  const { unschedulable = false } = specSchema.parse(object.spec);
  const status = statusSchema.parse(object.status);
  const ready = findCondition(readConditions(status.conditions), "Ready");
  const facts = {
    name: object.metadata.name,
    pool: poolOf(object, pools),
    version: status.nodeInfo.kubeletVersion ?? null,
    since: ready?.since ?? null,
  };
  if (ready?.status === "True") {
    const mark: Mark = unschedulable
      ? { tone: "suspended", word: "Cordoned" }
      : { tone: "healthy", word: "Ready" };
    return { ...facts, ...mark, reason: null, message: null };
  }
  const { reason = null, message = null } = ready ?? {};
  return { ...facts, tone: "attention", word: "Not ready", reason, message };
}

/** AKS labels its nodes; Cluster API annotates them with the MachineSet, which is named after its pool. */
function poolOf({ metadata: { name, labels, annotations } }: KubeObject, pools: readonly PoolNames[]) {
  const label = labels["kubernetes.azure.com/agentpool"] ?? labels["agentpool"];
  if (label !== undefined) return label;
  const owner = annotations["cluster.x-k8s.io/owner-name"] ?? name;
  const matching = pools.filter((pool) => owner === pool.name || owner.startsWith(`${pool.name}-`));
  return matching.sort((a, b) => b.name.length - a.name.length)[0]?.displayName ?? null;
}

const text = z.string().nullable();
const stored = z.array(
  z.object({
    ...{ name: z.string(), pool: text, version: text, reason: text, message: text, since: text },
    ...{ tone: z.enum(tones), word: z.string() },
  }),
);

/** As the inventory keeps them; none where the row is older than that. */
export const parseStoredNodes = (value: unknown): NodeFacts[] => stored.catch([]).parse(value);
