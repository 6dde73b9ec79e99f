import { afterAll, beforeAll, expect, it } from "vitest";
import type { Kubernetes } from "../../contracts.ts";
import { loadCrds } from "../../crds/load-crds.ts";
import { isObject, textOf, valueAt } from "../json.ts";
import type { JsonObject } from "../json.ts";
import { startKubernetes } from "../start-kubernetes.ts";
import { apiClient } from "../testing/api-client.ts";
import type { ApiClient } from "../testing/api-client.ts";

const admin = { username: "admin", groups: ["system:masters"], token: "token-of-admin" };
let server: Kubernetes;
let client: ApiClient;
let portal: ApiClient;

const registration = "/apis/admissionregistration.k8s.io/v1";
const kustomizations = "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations";

beforeAll(async () => {
  server = await startKubernetes({ users: [admin] });
  client = apiClient(server, admin.token);
  for (const crd of loadCrds("management")) {
    await client.post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", crd as JsonObject);
  }
  await client.post("/api/v1/namespaces", {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "flux-system" },
  });
  const accounts = "/api/v1/namespaces/flux-system/serviceaccounts";
  await client.post(accounts, {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: "fleetwright" },
  });
  const rbac = "/apis/rbac.authorization.k8s.io/v1";
  await client.post(`${rbac}/clusterroles`, {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: "fleetwright-act" },
    rules: [
      { apiGroups: ["kustomize.toolkit.fluxcd.io"], resources: ["kustomizations"], verbs: ["get", "patch"] },
    ],
  });
  await client.post(`${rbac}/clusterrolebindings`, {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: "fleetwright-act" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "fleetwright-act" },
    subjects: [{ kind: "ServiceAccount", name: "fleetwright", namespace: "flux-system" }],
  });
  const request = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} };
  const minted = await client.post(`${accounts}/fleetwright/token`, request);
  portal = apiClient(server, textOf(valueAt(minted.body, "status", "token")));
});

afterAll(async () => {
  await client.close();
  await portal.close();
  await server.close();
});

async function policy(name: string, spec: JsonObject): Promise<void> {
  const head = { apiVersion: "admissionregistration.k8s.io/v1", metadata: { name } };
  const made = await client.post(`${registration}/validatingadmissionpolicies`, {
    ...head,
    kind: "ValidatingAdmissionPolicy",
    spec: { failurePolicy: "Fail", ...spec },
  });
  expect(made.status).toBe(201);
  await client.post(`${registration}/validatingadmissionpolicybindings`, {
    ...head,
    kind: "ValidatingAdmissionPolicyBinding",
    spec: { policyName: name, validationActions: ["Deny"] },
  });
}

it("keeps a Cluster that carries prune: disabled from being deleted", async () => {
  const resourceRules = [
    { apiGroups: ["cluster.x-k8s.io"], apiVersions: ["*"], operations: ["DELETE"], resources: ["clusters"] },
  ];
  await policy("fleet-protect-clusters", {
    matchConstraints: { resourceRules },
    validations: [
      {
        expression:
          "oldObject.metadata.?annotations['kustomize.toolkit.fluxcd.io/prune'].orValue('') != 'disabled'",
        message: "cluster is protected: merge the arm-deletion PR first",
      },
    ],
  });
  const path = "/apis/cluster.x-k8s.io/v1beta2/namespaces/default/clusters";
  const annotations = { "kustomize.toolkit.fluxcd.io/prune": "disabled" };
  const cluster = { apiVersion: "cluster.x-k8s.io/v1beta2", kind: "Cluster", spec: { paused: false } };
  await client.post(path, { ...cluster, metadata: { name: "held", annotations } });
  const denied = await client.delete(`${path}/held`);
  expect([denied.status, denied.body["message"]]).toEqual([
    422,
    `clusters.cluster.x-k8s.io "held" is forbidden: ValidatingAdmissionPolicy 'fleet-protect-clusters' with binding 'fleet-protect-clusters' denied request: cluster is protected: merge the arm-deletion PR first`,
  ]);
  await client.patch(`${path}/held`, { metadata: { annotations: null } });
  expect((await client.delete(`${path}/held`)).status).toBe(200);
});

it("lets the portal change nothing but the reconcile annotation", async () => {
  const groups = ["kustomize.toolkit.fluxcd.io"];
  const resourceRules = [{ apiGroups: groups, apiVersions: ["*"], operations: ["UPDATE"], resources: ["*"] }];
  const user = "system:serviceaccount:flux-system:fleetwright";
  const same = (field: string) => `object.metadata.?${field} == oldObject.metadata.?${field}`;
  await policy("fleetwright-flux-patch", {
    matchConstraints: { resourceRules },
    matchConditions: [{ name: "only-portal", expression: `request.userInfo.username == '${user}'` }],
    validations: [
      { expression: "object.spec == oldObject.spec", message: "portal may not change spec" },
      {
        expression: ["labels", "finalizers", "ownerReferences"].map(same).join(" && "),
        message: "portal may not change metadata",
      },
      {
        expression:
          "object.metadata.?annotations.orValue({}).all(k, k == 'reconcile.fluxcd.io/requestedAt' || (k in oldObject.metadata.?annotations.orValue({}) && oldObject.metadata.annotations[k] == object.metadata.annotations[k]))",
        message: "only reconcile.fluxcd.io/requestedAt may change",
      },
    ],
  });
  const spec = { interval: "1m", prune: true, sourceRef: { kind: "GitRepository", name: "fleet" } };
  const kustomization = {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name: "apps" },
    spec,
  };
  await client.post(kustomizations, kustomization);
  const patch = async (by: ApiClient, body: JsonObject) => {
    const answer = await by.patch(`${kustomizations}/apps`, body);
    return isObject(answer.body["details"])
      ? textOf(answer.body["message"]).replace(/^.*denied request: /, "")
      : answer.status;
  };
  const annotate = (annotations: JsonObject) => ({ metadata: { annotations } });
  expect(await patch(portal, annotate({ "reconcile.fluxcd.io/requestedAt": "now" }))).toBe(200);
  expect(await patch(portal, annotate({ other: "x" }))).toBe(
    "only reconcile.fluxcd.io/requestedAt may change",
  );
  expect(await patch(portal, { metadata: { labels: { a: "b" } } })).toBe("portal may not change metadata");
  expect(await patch(portal, { spec: { path: "./elsewhere" } })).toBe("portal may not change spec");
  expect(await patch(client, { spec: { suspend: true } })).toBe(200);
});
