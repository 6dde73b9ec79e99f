import { expect, test } from "vitest";
import { clusterAccess } from "./cluster-access.ts";

const report = (type: string) => ({
  type,
  status: "True",
  reason: null,
  message: null,
  severity: null,
  since: null,
});
const subject = { namespace: "team-a", name: "dev-1", provider: "AKS", live: true };

test("an AKS cluster is reached by one's own account first, with the names Azure knows", () => {
  const conditions = [report("ResourceGroup/dev-1-rg"), report("ManagedCluster/dev-1-aks")];
  const ways = clusterAccess({ ...subject, conditions });
  expect(ways.map(({ title }) => title)[0]).toBe("With your own Azure account");
  expect(ways[0]?.commands[0]).toBe(
    "az aks get-credentials --resource-group dev-1-rg --name dev-1-aks --file dev-1.kubeconfig",
  );
});

test("any other cluster is reached by the Secret Cluster API writes", () => {
  const ways = clusterAccess({ ...subject, provider: "Docker", conditions: [] });
  expect(ways).toHaveLength(1);
  expect(ways[0]?.commands[0]).toContain("kubectl get secret -n team-a dev-1-kubeconfig");
});

test("there is no way to what is only asked for", () => {
  expect(clusterAccess({ ...subject, live: false, conditions: [] })).toEqual([]);
});
