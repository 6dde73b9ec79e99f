import { z } from "zod";
import { findCondition, readConditions } from "../conditions.ts";
import type { KubeObject } from "../kube-object.ts";
import { loose, looseList, looseNumber, looseString } from "../loose.ts";
import type { Mark } from "./mark.ts";

const containers = loose({ containers: looseList(loose({ image: looseString })) });
const specSchema = loose({ replicas: looseNumber, template: loose({ spec: containers }) });
const statusSchema = loose({
  readyReplicas: looseNumber,
  observedGeneration: looseNumber,
  conditions: z.unknown().optional(),
});

export interface WorkloadFacts extends Mark {
  kind: string;
  namespace: string;
  name: string;
  desired: number;
  ready: number;
  message: string | null;
  images: string[];
}

/** A Deployment: an unfinished rollout progresses until its own deadline says that it failed. */
export function readDeployment(object: KubeObject): WorkloadFacts {
  const spec = specSchema.parse(object.spec);
  const status = statusSchema.parse(object.status);
  const conditions = readConditions(status.conditions);
  const desired = spec.replicas ?? 1;
  const ready = status.readyReplicas ?? 0;
  const progress = findCondition(conditions, "Progressing");
  const available = findCondition(conditions, "Available");
  const images = spec.template.spec.containers.flatMap(({ image }) => (image === undefined ? [] : [image]));
  const facts = {
    kind: object.kind,
    namespace: object.metadata.namespace,
    name: object.metadata.name,
    desired,
    ready,
    images,
  };
  if (progress?.status === "False")
    return { ...facts, tone: "failed", word: "Failed", message: progress.message };
  if (ready >= desired) return { ...facts, tone: "healthy", word: "Available", message: null };
  const message = available?.status === "False" ? available.message : null;
  if (progress?.reason === "NewReplicaSetAvailable")
    return { ...facts, tone: "attention", word: "Degraded", message };
  return { ...facts, tone: "progress", word: "Progressing", message };
}
