import type { StoredClusterDetail } from "../db/clusters.ts";
import { parseStoredConditions } from "../domain/conditions.ts";
import type { ClusterDetail } from "./views.ts";

type Ways = NonNullable<ClusterDetail["access"]>;
type Subject = Pick<StoredClusterDetail, "namespace" | "name" | "provider" | "conditions" | "live">;

/**
 * How a person gets a kubeconfig: from Azure with his own account where it is AKS, else from the Secret Cluster API
 * writes. The portal has neither to give. None before the cluster exists.
 */
export function clusterAccess({ namespace, name, provider, conditions, live }: Subject): Ways {
  if (!live) return [];
  const file = `${name}.kubeconfig`;
  const fromSecret = {
    title: "With the administrator’s kubeconfig of Cluster API",
    needs: `the right to read Secret ${name}-kubeconfig on the management cluster; for emergencies`,
    commands: [
      `kubectl get secret -n ${namespace} ${name}-kubeconfig -o jsonpath='{.data.value}' | base64 -d > ${file}`,
      `kubectl --kubeconfig ${file} get nodes`,
    ],
  };
  if (provider !== "AKS") return [fromSecret];
  const types = parseStoredConditions(conditions).map(({ type }) => type.split("/"));
  const nameOf = (wanted: string) => types.find(([kind]) => kind === wanted)?.[1];
  const group = nameOf("ResourceGroup") ?? name;
  const fromAzure = {
    title: "With your own Azure account",
    needs: "the role Azure Kubernetes Service Cluster User on the managed cluster",
    commands: [
      `az aks get-credentials --resource-group ${group} --name ${nameOf("ManagedCluster") ?? name} --file ${file}`,
      `kubelogin convert-kubeconfig --login azurecli --kubeconfig ${file}`,
      `kubectl --kubeconfig ${file} get nodes`,
    ],
  };
  return [fromAzure, fromSecret];
}
