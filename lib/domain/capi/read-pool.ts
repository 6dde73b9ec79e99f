import { z } from "zod";
import type { PoolFacts, ProviderReport } from "../cluster/facts.ts";
import { readConditions } from "../conditions.ts";
import { objectRef, type KubeObject, type ObjectRef } from "../kube-object.ts";
import { loose, looseList, looseNumber, looseString } from "../loose.ts";
import { readAgentPoolSpec, readAsoObject } from "./read-aso-object.ts";
import { lowestVersion } from "./version.ts";
import { embeddedResources } from "./embedded-resources.ts";

const specSchema = loose({
  clusterName: looseString,
  replicas: looseNumber,
  template: loose({ spec: loose({ version: looseString, infrastructureRef: objectRef }) }),
});

const statusSchema = loose({
  phase: looseString,
  replicas: looseNumber,
  readyReplicas: looseNumber,
  versions: looseList(loose({ version: looseString, replicas: looseNumber })),
  conditions: z.unknown().optional(),
  deprecated: loose({ v1beta1: loose({ readyReplicas: looseNumber, unavailableReplicas: looseNumber }) }),
});

const minAnnotation = "cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size";
const maxAnnotation = "cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size";

/** Objects a pool's reader looks at beside the pool: its infrastructure and what that made in Azure. */
export interface PoolSurroundings {
  infrastructure: KubeObject | null;
  aso: KubeObject | null;
}

/** Name of the Cluster a pool belongs to, and what holds its infrastructure. */
export function poolRefs(object: KubeObject): { clusterName: string | null; infrastructureRef: ObjectRef } {
  const spec = specSchema.parse(object.spec);
  return { clusterName: spec.clusterName ?? null, infrastructureRef: spec.template.spec.infrastructureRef };
}

/** A MachinePool or MachineDeployment as people see it: an AKS agent pool by its own short name. */
export function readPool(object: KubeObject, clusterName: string, around: PoolSurroundings): PoolFacts {
  const spec = specSchema.parse(object.spec);
  const status = statusSchema.parse(object.status);
  const shape = shapeOf(around);
  const aso = around.aso ? readAsoObject(around.aso) : null;
  const { annotations, name } = object.metadata;
  const reported = status.versions.flatMap(({ version, replicas }) =>
    version && replicas !== 0 ? [version] : [],
  );
  const prefix = `${clusterName}-`;
  return {
    kind: object.kind === "MachineDeployment" ? "MachineDeployment" : "MachinePool",
    name,
    displayName: shape.name ?? (name.startsWith(prefix) ? name.slice(prefix.length) : name),
    mode: shape.mode,
    size: shape.size,
    min: shape.min ?? numberOf(annotations[minAnnotation]),
    max: shape.max ?? numberOf(annotations[maxAnnotation]),
    desired: spec.replicas ?? status.replicas ?? null,
    existing: status.replicas ?? null,
    ready: readyOf(object.kind, status),
    desiredVersion: spec.template.spec.version ?? null,
    observedVersion: aso?.version ?? lowestVersion(reported),
    phase: status.phase ?? null,
    report: aso?.report ?? deploymentReport(object, status.conditions),
  };
}

/**
 * A MachinePool of contract v1beta2 repeats `replicas` as its ready ones, and has the nodes that are ready under
 * `deprecated` (gitops-reference §5.3 row 11), where none of them is no field at all.
 */
function readyOf(kind: string, { readyReplicas, deprecated }: z.infer<typeof statusSchema>): number | null {
  const { readyReplicas: counted, unavailableReplicas = 0 } = deprecated.v1beta1;
  const real = counted ?? (unavailableReplicas > 0 ? 0 : undefined);
  if (kind === "MachinePool") return real ?? readyReplicas ?? null;
  return readyReplicas ?? counted ?? null;
}

interface Shape {
  name: string | null;
  mode: string | null;
  size: string | null;
  min: number | null;
  max: number | null;
}

const managedSpec = loose({
  name: looseString,
  mode: looseString,
  sku: looseString,
  scaling: loose({ minSize: looseNumber, maxSize: looseNumber }),
});

function shapeOf({ infrastructure, aso }: PoolSurroundings): Shape {
  if (infrastructure?.kind === "AzureManagedMachinePool") {
    const { name, mode, sku, scaling } = managedSpec.parse(infrastructure.spec);
    return {
      name: name ?? null,
      mode: mode ?? null,
      size: sku ?? null,
      min: scaling.minSize ?? null,
      max: scaling.maxSize ?? null,
    };
  }
  const embedded = infrastructure ? embeddedResources(infrastructure)[0]?.spec : undefined;
  const spec = readAgentPoolSpec(aso?.spec ?? embedded);
  const scales = spec.enableAutoScaling === true;
  return {
    name: spec.azureName ?? null,
    mode: spec.mode ?? null,
    size: spec.vmSize ?? null,
    min: scales ? (spec.minCount ?? null) : null,
    max: scales ? (spec.maxCount ?? null) : null,
  };
}

function deploymentReport(object: KubeObject, conditions: unknown): ProviderReport | null {
  const found = readConditions(conditions).find(({ type }) => type === "Available");
  if (!found) return null;
  return {
    kind: object.kind,
    name: object.metadata.name,
    ready: found.status === "Unknown" ? null : found.status === "True",
    severity: null,
    reason: found.reason,
    message: found.message,
    since: found.since,
  };
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}
