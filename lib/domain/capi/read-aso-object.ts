import { z } from "zod";
import type { ProviderReport } from "../cluster/facts.ts";
import { findCondition, readConditions } from "../conditions.ts";
import type { KubeObject } from "../kube-object.ts";
import { loose, looseBoolean, looseNumber, looseString } from "../loose.ts";
import { parseSeverity } from "./severity.ts";
import { withV } from "./version.ts";

const schema = loose({
  conditions: z.unknown().optional(),
  provisioningState: looseString,
  currentKubernetesVersion: looseString,
  currentOrchestratorVersion: looseString,
  count: looseNumber,
});

const specSchema = loose({
  azureName: looseString,
  mode: looseString,
  vmSize: looseString,
  enableAutoScaling: looseBoolean,
  minCount: looseNumber,
  maxCount: looseNumber,
  count: looseNumber,
});

export interface AsoFacts {
  report: ProviderReport;
  provisioningState: string | null;
  version: string | null;
  spec: z.infer<typeof specSchema>;
}

/** An Azure Service Operator object: Ready with severity Info (working), Warning (retrying) or Error (stuck). */
export function readAsoObject(object: KubeObject): AsoFacts {
  const status = schema.parse(object.status);
  const ready = findCondition(readConditions(status.conditions), "Ready");
  return {
    report: {
      kind: object.kind,
      name: object.metadata.name,
      ready: ready === null || ready.status === "Unknown" ? null : ready.status === "True",
      severity: ready?.status === "False" ? parseSeverity(ready.severity) : null,
      reason: ready?.reason ?? null,
      message: ready?.message || null,
      since: ready?.since ?? null,
    },
    provisioningState: status.provisioningState ?? null,
    version: withV(status.currentKubernetesVersion ?? status.currentOrchestratorVersion),
    spec: readAgentPoolSpec(object.spec),
  };
}

/** Spec of a ManagedClustersAgentPool, also where it is embedded in an AzureASOManagedMachinePool. */
export function readAgentPoolSpec(spec: unknown): AsoFacts["spec"] {
  return specSchema.parse(spec);
}
