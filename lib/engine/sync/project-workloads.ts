import { randomUUID } from "node:crypto";
import { readDeployment } from "../../domain/cluster/read-deployment.ts";
import type { WorkloadData } from "../../db/inventory-rows.ts";
import { withHash } from "./hash-of.ts";
import type { ProjectionInput } from "./projection.ts";
import { workloadKey } from "./records.ts";

/** Rows of the Deployments on the cluster; the last known while it has not been read. */
export function projectWorkloads(
  { workload, previous, object }: ProjectionInput,
  clusterId: string,
): Map<string, WorkloadData> {
  const known = previous?.workloads ?? new Map<string, WorkloadData>();
  if (object === null) return new Map();
  if (!workload?.synced || workload.unread.has("Deployment")) return known;
  const rows = workload.deployments.map((deployment) => {
    const facts = readDeployment(deployment);
    return withHash({ id: known.get(workloadKey(facts))?.id ?? randomUUID(), clusterId, ...facts, hash: "" });
  });
  return new Map(rows.map((row) => [workloadKey(row), row]));
}
