import { z } from "zod";
import { readConditions, type Condition } from "../conditions.ts";
import { objectRef, type KubeObject, type ObjectRef } from "../kube-object.ts";
import { loose, looseBoolean, looseNumber, looseString } from "../loose.ts";

const counters = loose({ desiredReplicas: looseNumber, readyReplicas: looseNumber });

const specSchema = loose({
  paused: looseBoolean,
  controlPlaneRef: objectRef,
  infrastructureRef: objectRef,
  controlPlaneEndpoint: loose({ host: looseString }),
  topology: loose({ version: looseString, class: looseString, classRef: objectRef }),
});

const statusSchema = loose({
  conditions: z.unknown().optional(),
  phase: looseString,
  initialization: loose({ infrastructureProvisioned: looseBoolean, controlPlaneInitialized: looseBoolean }),
  infrastructureReady: looseBoolean,
  controlPlaneReady: looseBoolean,
  controlPlane: counters,
  workers: counters,
  v1beta2: loose({ conditions: z.unknown().optional() }),
});

/** The Cluster object itself, contracts v1beta1 and v1beta2 alike. */
export interface CoreCluster {
  paused: boolean;
  controlPlaneRef: ObjectRef;
  infrastructureRef: ObjectRef;
  endpoint: boolean;
  topologyVersion: string | null;
  topology: boolean;
  infrastructureProvisioned: boolean;
  controlPlaneInitialized: boolean;
  conditions: Condition[];
  controlPlane: { desired: number | null; ready: number | null };
  workers: { desired: number | null; ready: number | null };
}

/** Never throws; a missing flag reads as not reached. */
export function readCoreCluster(object: KubeObject): CoreCluster {
  const spec = specSchema.parse(object.spec);
  const status = statusSchema.parse(object.status);
  const modern = readConditions(status.v1beta2.conditions);
  const conditions = modern.length > 0 ? modern : readConditions(status.conditions);
  const annotations = object.metadata.annotations;
  const initialized = status.initialization;
  return {
    paused: spec.paused === true || "cluster.x-k8s.io/paused" in annotations,
    controlPlaneRef: spec.controlPlaneRef,
    infrastructureRef: spec.infrastructureRef,
    endpoint: Boolean(spec.controlPlaneEndpoint.host),
    topologyVersion: spec.topology.version ?? null,
    topology: spec.topology.version !== undefined,
    infrastructureProvisioned: initialized.infrastructureProvisioned ?? status.infrastructureReady ?? false,
    controlPlaneInitialized:
      initialized.controlPlaneInitialized ??
      conditions.some(({ type, status: value }) => type === "ControlPlaneInitialized" && value === "True"),
    conditions,
    controlPlane: counted(status.controlPlane),
    workers: counted(status.workers),
  };
}

function counted({ desiredReplicas, readyReplicas }: { desiredReplicas?: number; readyReplicas?: number }) {
  return { desired: desiredReplicas ?? null, ready: readyReplicas ?? null };
}
