import { z } from "zod";
import type { ControlPlaneFacts, ProviderReport } from "../cluster/facts.ts";
import { findCondition, readConditions, type Condition } from "../conditions.ts";
import type { KubeObject } from "../kube-object.ts";
import { loose, looseBoolean, looseList, looseNumber, looseString } from "../loose.ts";
import { lowestVersion } from "./version.ts";
import { parseSeverity } from "./severity.ts";

const specSchema = loose({ version: looseString, replicas: looseNumber });

const statusSchema = loose({
  version: looseString,
  versions: looseList(loose({ version: looseString, replicas: looseNumber })),
  autoUpgradeVersion: looseString,
  ready: looseBoolean,
  replicas: looseNumber,
  readyReplicas: looseNumber,
  conditions: z.unknown().optional(),
  v1beta2: loose({ conditions: z.unknown().optional() }),
});

/**
 * Any kind of control plane: version fields by gitops-reference §4. Its Ready condition is read only where the
 * kind writes one (AzureManagedControlPlane); Kubeadm's verdict is `Available`, ASO's the boolean `ready`.
 */
export function readControlPlane(object: KubeObject): ControlPlaneFacts {
  const spec = specSchema.parse(object.spec);
  const status = statusSchema.parse(object.status);
  const modern = readConditions(status.v1beta2.conditions);
  const conditions = modern.length > 0 ? modern : readConditions(status.conditions);
  const reported = status.versions.flatMap(({ version, replicas }) =>
    version && replicas !== 0 ? [version] : [],
  );
  return {
    kind: object.kind,
    name: object.metadata.name,
    desiredVersion: spec.version ?? null,
    observedVersion: lowestVersion(reported) ?? status.version ?? null,
    replicas: spec.replicas ?? null,
    readyReplicas: status.readyReplicas ?? null,
    report: reportOf(object, conditions, status.ready ?? null),
    conditions,
  };
}

function reportOf(object: KubeObject, conditions: Condition[], ready: boolean | null): ProviderReport {
  const about = { kind: object.kind, name: object.metadata.name };
  const verdict = findCondition(conditions, object.kind === "KubeadmControlPlane" ? "Available" : "Ready");
  if (verdict === null) return { ...about, ready, severity: null, reason: null, message: null, since: null };
  const waiting = verdict.reason === "PreflightCheckFailed";
  return {
    ...about,
    ready: verdict.status === "Unknown" ? null : verdict.status === "True",
    severity: verdict.status === "False" && !waiting ? parseSeverity(verdict.severity) : null,
    reason: verdict.reason,
    message: verdict.message,
    since: verdict.since,
  };
}
