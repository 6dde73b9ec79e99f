import { columns, conditionPath, crd } from "./crd.ts";
import { flag, int64, integer, list, listMap, object, text, time } from "./schema.ts";

const asoConditions = listMap(
  ["type"],
  object(
    {
      type: text,
      status: text,
      reason: text,
      message: text,
      severity: text,
      lastTransitionTime: time,
      observedGeneration: int64,
    },
    ["lastTransitionTime", "reason", "status", "type"],
  ),
);

const shown = columns(
  `Ready=${conditionPath("Ready")}`,
  `Severity=${conditionPath("Ready", "severity")}`,
  `Reason=${conditionPath("Ready", "reason")}`,
  `Message=${conditionPath("Ready", "message")}`,
);

const owner = object({ name: text, armId: text });

/** Azure Service Operator: the resources CAPZ makes. */
export const azureServiceOperatorCrds: object[] = [
  crd({
    group: "containerservice.azure.com",
    kind: "ManagedCluster",
    plural: "managedclusters",
    categories: ["azure", "containerservice"],
    versions: [
      {
        name: "v1api20240901",
        spec: object({ azureName: text, location: text, owner, dnsPrefix: text, kubernetesVersion: text }),
        status: object({
          conditions: asoConditions,
          id: text,
          name: text,
          provisioningState: text,
          currentKubernetesVersion: text,
          kubernetesVersion: text,
          fqdn: text,
          powerState: object({ code: text }),
        }),
        columns: shown,
      },
    ],
  }),
  crd({
    group: "containerservice.azure.com",
    kind: "ManagedClustersAgentPool",
    plural: "managedclustersagentpools",
    categories: ["azure", "containerservice"],
    versions: [
      {
        name: "v1api20240901",
        spec: object({
          azureName: text,
          owner,
          mode: text,
          type: text,
          vmSize: text,
          count: integer,
          minCount: integer,
          maxCount: integer,
          enableAutoScaling: flag,
          orchestratorVersion: text,
          osDiskSizeGB: integer,
        }),
        status: object({
          conditions: asoConditions,
          id: text,
          name: text,
          provisioningState: text,
          currentOrchestratorVersion: text,
          count: integer,
          powerState: object({ code: text }),
          upgradeSettings: object({}),
          availabilityZones: list(text),
        }),
        columns: shown,
      },
    ],
  }),
  crd({
    group: "resources.azure.com",
    kind: "ResourceGroup",
    plural: "resourcegroups",
    categories: ["azure", "resources"],
    versions: [
      {
        name: "v1api20200601",
        spec: object({ azureName: text, location: text }, ["location"]),
        status: object({
          conditions: asoConditions,
          id: text,
          name: text,
          provisioningState: text,
          properties: object({ provisioningState: text }),
        }),
        columns: shown,
      },
    ],
  }),
];
