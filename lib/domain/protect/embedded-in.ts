import { listAt, textAt, valueAt } from "../repository/loose.ts";
import type { BuiltObject } from "./built-path.ts";
import { groupOfVersion, keyOf, type Applied } from "./applied.ts";

/**
 * What is written inside an object and made and deleted by its controller, whatever Flux's annotations say: the ASO
 * resources of an AzureASOManaged* object, the pools of a Cluster's topology.
 */
export function embeddedIn(parent: Applied): Applied[] {
  if (parent.group === "infrastructure.cluster.x-k8s.io" && parent.kind.startsWith("AzureASOManaged")) {
    return listAt(parent.object, "spec", "resources").flatMap((resource) => {
      const apiVersion = textAt(resource, "apiVersion");
      const kind = textAt(resource, "kind");
      const name = textAt(resource, "metadata", "name");
      if (apiVersion === null || kind === null || name === null) return [];
      const azureName = textAt(resource, "spec", "azureName");
      const full = azureName === null ? name : `${name} (${azureName} in Azure)`;
      return [inside(parent, { apiVersion, kind, name: full, spec: valueAt(resource, "spec") })];
    });
  }
  if (parent.group !== "cluster.x-k8s.io" || parent.kind !== "Cluster") return [];
  return topologyPools.flatMap(({ field, kind }) =>
    listAt(parent.object, "spec", "topology", "workers", field).flatMap((pool) => {
      const name = textAt(pool, "name");
      if (name === null) return [];
      const { apiVersion } = parent.object;
      const spec = { clusterName: parent.name };
      return [inside(parent, { apiVersion, kind, name: `${parent.name}-${name}`, spec })];
    }),
  );
}

const topologyPools = [
  { field: "machinePools", kind: "MachinePool" },
  { field: "machineDeployments", kind: "MachineDeployment" },
];

function inside(
  parent: Applied,
  { apiVersion, kind, name, spec }: { apiVersion: string; kind: string; name: string; spec: unknown },
): Applied {
  const { target, namespace, owner } = parent;
  const object: BuiltObject = { apiVersion, kind, metadata: { name, namespace }, spec };
  const one = { target, group: groupOfVersion(apiVersion), kind, namespace, name };
  return { ...one, key: keyOf(one), object, owner, within: parent.key };
}
