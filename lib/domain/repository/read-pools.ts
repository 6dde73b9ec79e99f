import type { PoolFacts } from "./cluster-facts.ts";
import { integerAt, kindOf, listAt, nameOf, stringsAt, textAt, valueAt, type Loose } from "./loose.ts";

const autoscaler = {
  min: "cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size",
  max: "cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size",
};

/** Node pools of a cluster: those of its topology, else its MachinePools and MachineDeployments. */
export function readPools(all: Loose[], cluster: Loose): PoolFacts[] {
  const topology = valueAt(cluster, "spec", "topology");
  if (topology !== undefined) {
    return [
      ...listAt(topology, "workers", "machinePools").map((one) => topologyPool(one, topology, "MachinePool")),
      ...listAt(topology, "workers", "machineDeployments").map((one) =>
        topologyPool(one, topology, "MachineDeployment"),
      ),
    ];
  }
  return all.flatMap((object) => {
    const kind = kindOf(object);
    return kind === "MachinePool" || kind === "MachineDeployment"
      ? [readPool(object, kind, all, nameOf(cluster))]
      : [];
  });
}

function readPool(object: Loose, kind: PoolFacts["kind"], all: Loose[], cluster: string): PoolFacts {
  const annotations = stringsAt(object, "metadata", "annotations");
  const infrastructure = readInfrastructure(object, all);
  const objectName = nameOf(object);
  return {
    name: infrastructure.name ?? objectName.replace(`${cluster}-`, ""),
    objectName,
    kind,
    mode: infrastructure.mode,
    size: infrastructure.size,
    min: integerAt(annotations, autoscaler.min) ?? infrastructure.min,
    max: integerAt(annotations, autoscaler.max) ?? infrastructure.max,
    replicas: integerAt(object, "spec", "replicas"),
    version: textAt(object, "spec", "template", "spec", "version"),
  };
}

type Infrastructure = Pick<PoolFacts, "mode" | "size" | "min" | "max"> & { name: string | null };

/** What the provider's pool object adds, in both AKS shapes. */
function readInfrastructure(object: Loose, all: Loose[]): Infrastructure {
  const ref = valueAt(object, "spec", "template", "spec", "infrastructureRef");
  const kind = textAt(ref, "kind");
  const pool = all.find((one) => kindOf(one) === kind && nameOf(one) === textAt(ref, "name"));
  if (kind === "AzureManagedMachinePool") {
    return {
      name: textAt(pool, "spec", "name"),
      mode: textAt(pool, "spec", "mode"),
      size: textAt(pool, "spec", "sku"),
      min: integerAt(pool, "spec", "scaling", "minSize"),
      max: integerAt(pool, "spec", "scaling", "maxSize"),
    };
  }
  const agentPool = listAt(pool, "spec", "resources").find(
    (one) => textAt(one, "kind") === "ManagedClustersAgentPool",
  );
  return {
    name: textAt(agentPool, "spec", "azureName"),
    mode: textAt(agentPool, "spec", "mode"),
    size: textAt(agentPool, "spec", "vmSize"),
    min: integerAt(agentPool, "spec", "minCount"),
    max: integerAt(agentPool, "spec", "maxCount"),
  };
}

function topologyPool(entry: unknown, topology: unknown, kind: PoolFacts["kind"]): PoolFacts {
  const annotations = stringsAt(entry, "metadata", "annotations");
  const name = textAt(entry, "name") ?? "";
  const variables = [...listAt(entry, "variables", "overrides"), ...listAt(topology, "variables")];
  const size = variables.find((one) => textAt(one, "name") === "vmSize");
  return {
    name,
    objectName: name,
    kind,
    mode: null,
    size: textAt(size, "value"),
    min: integerAt(annotations, autoscaler.min),
    max: integerAt(annotations, autoscaler.max),
    replicas: integerAt(entry, "replicas"),
    version: textAt(topology, "version"),
  };
}
