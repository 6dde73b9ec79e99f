import { z } from "zod";
import type { ClusterFacts, ProviderReport } from "../../domain/cluster/facts.ts";
import { parseStoredConditions } from "../../domain/conditions.ts";
import type { ClusterRecord } from "./records.ts";

const severitySchema = z.enum(["Error", "Warning", "Info"]).nullable().catch(null);
const controlPlaneSchema = z.looseObject({ kind: z.string() }).nullable().catch(null);

/**
 * Facts of a cluster some of whose objects are of kinds we cannot read: what those last said stays, for an engine
 * that restarts without a right must neither heal a cluster by it nor take its nodes away.
 */
export function rememberUnread(
  facts: ClusterFacts,
  previous: ClusterRecord | null,
  unread: ReadonlySet<string>,
): ClusterFacts {
  if (previous === null || unread.size === 0) return facts;
  const { row, pools } = previous;
  const nodes = pools.some(({ kind }) => unread.has(kind))
    ? { nodesReady: row.nodesReady, nodesDesired: row.nodesDesired }
    : {};
  const versions =
    unreadControlPlane(row.controlPlane, unread) !== null || unread.has("ManagedCluster")
      ? {
          desiredVersion: facts.desiredVersion ?? row.desiredVersion,
          observedVersion: facts.observedVersion ?? row.observedVersion,
          ahead: facts.observedVersion === null ? row.ahead : facts.ahead,
        }
      : {};
  const reports = [...facts.reports, ...reportsOf(row.conditions, unread)];
  return { ...facts, ...nodes, ...versions, reports };
}

/** The column of the control plane as it was last written; null where its kind can be read. */
export function unreadControlPlane(column: unknown, unread: ReadonlySet<string>) {
  const plane = controlPlaneSchema.parse(column);
  return plane !== null && unread.has(plane.kind) ? plane : null;
}

/** Reports are stored among the conditions, as `Kind/name`. */
function reportsOf(conditions: unknown, unread: ReadonlySet<string>): ProviderReport[] {
  return parseStoredConditions(conditions).flatMap(({ type, status, severity, ...rest }) => {
    const [kind = "", name] = type.split("/");
    if (name === undefined || !unread.has(kind)) return [];
    const ready = status === "Unknown" ? null : status === "True";
    return [{ kind, name, ready, severity: severitySchema.parse(severity), ...rest }];
  });
}
