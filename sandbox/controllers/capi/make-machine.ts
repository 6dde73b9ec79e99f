import { randomInt } from "node:crypto";
import { controllerRef } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import type { Core } from "./core.ts";
import { CLUSTER_NAME_LABEL, CONTROL_PLANE_LABEL, capi } from "./kinds.ts";
import { recordAt, refAt } from "./read.ts";

/** Kubernetes' alphabet for generated names: no vowels, so no words. */
const ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

/** Five characters for a generated name. */
export function suffix(): string {
  return Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

const CONTROL_PLANE_GATES = [
  "NodeKubeadmLabelsAndTaintsSet",
  "APIServerPodHealthy",
  "ControllerManagerPodHealthy",
  "SchedulerPodHealthy",
  "EtcdPodHealthy",
  "EtcdMemberHealthy",
];

/** What a new Machine is made from. */
export interface MachineOrder {
  owner: Unstructured;
  cluster: Unstructured;
  version: string;
  labels: Record<string, string>;
  /** Where the infrastructure template is named. */
  template: unknown;
}

/** Makes infrastructure and bootstrap objects of one name, then the Machine that owns them. */
export async function makeMachine({ management }: Core, order: MachineOrder): Promise<void> {
  const { owner, cluster, version } = order;
  const { namespace } = owner.metadata;
  const name = `${owner.metadata.name}-${suffix()}`;
  const labels = { ...order.labels, [CLUSTER_NAME_LABEL]: cluster.metadata.name };
  const ref = refAt(order.template, "infrastructureRef");
  const template = ref && management.get(capi.devMachineTemplate, ref.name, namespace);
  const metadata = { name, namespace, labels, ownerReferences: [controllerRef(owner)] };
  await management.create(capi.devMachine, {
    metadata: {
      ...metadata,
      annotations: {
        "cluster.x-k8s.io/cloned-from-groupkind": "DevMachineTemplate.infrastructure.cluster.x-k8s.io",
        "cluster.x-k8s.io/cloned-from-name": ref?.name ?? "",
      },
    },
    spec: { backend: { inMemory: {} }, ...recordAt(template, "spec", "template", "spec") },
  });
  await management.create(capi.kubeadmConfig, { metadata, spec: { format: "cloud-config" } });
  const isControlPlane = CONTROL_PLANE_LABEL in labels;
  await management.create(capi.machine, {
    metadata,
    spec: {
      clusterName: cluster.metadata.name,
      version,
      bootstrap: { configRef: { apiGroup: capi.kubeadmConfig.group, kind: "KubeadmConfig", name } },
      infrastructureRef: { apiGroup: capi.devMachine.group, kind: "DevMachine", name },
      deletion: { nodeDeletionTimeoutSeconds: 10 },
      ...(isControlPlane
        ? { readinessGates: CONTROL_PLANE_GATES.map((conditionType) => ({ conditionType })) }
        : {}),
    },
  });
}
