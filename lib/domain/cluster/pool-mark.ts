import type { PoolFacts } from "./facts.ts";
import { poolBehind } from "./lifecycle.ts";
import type { Mark } from "./mark.ts";

/**
 * State of one pool, with what its infrastructure says about it. `scaling` says that the cluster is: nodes that are
 * there and not ready yet are then its work, otherwise its trouble.
 */
export function poolMark(pool: PoolFacts, scaling: boolean): Mark & { message: string | null } {
  const message = pool.report?.ready === false ? pool.report.message : null;
  if (pool.report?.severity === "Error") return { tone: "failed", word: "Failed", message };
  if (poolBehind(pool)) return { tone: "progress", word: "Upgrading", message };
  if (pool.phase === "Deleting") return { tone: "progress", word: "Deleting", message };
  if (scaling && pool.phase?.startsWith("Scaling") === true)
    return { tone: "progress", word: "Scaling", message };
  if (pool.phase === "Pending" || pool.phase === "Provisioning" || pool.phase === "Provisioned") {
    return { tone: "progress", word: "Provisioning", message };
  }
  const short = pool.ready !== null && pool.desired !== null && pool.ready < pool.desired;
  if (short) {
    const count = `${String(pool.ready)} of ${String(pool.desired)} nodes are ready`;
    return { tone: "attention", word: "Degraded", message: message ?? count };
  }
  if (pool.report?.severity === "Warning") return { tone: "attention", word: "Degraded", message };
  if (pool.ready === null && pool.phase === null) return { tone: "unknown", word: "Unknown", message };
  return { tone: "healthy", word: "Running", message: null };
}
