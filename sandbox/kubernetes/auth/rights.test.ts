import { afterAll, beforeAll, expect, it } from "vitest";
import type { Kubernetes } from "../../contracts.ts";
import type { JsonObject } from "../json.ts";
import { textOf, valueAt } from "../json.ts";
import { startKubernetes } from "../start-kubernetes.ts";
import { apiClient } from "../testing/api-client.ts";
import type { ApiClient } from "../testing/api-client.ts";

const admin = { username: "admin", groups: ["system:masters"], token: "token-of-admin" };
const rbac = "/apis/rbac.authorization.k8s.io/v1";
const reviews = "/apis/authorization.k8s.io/v1";
let server: Kubernetes;
let client: ApiClient;
let reader: ApiClient;
let token: string;

function role(rules: JsonObject[], name = "reader"): JsonObject {
  return { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name }, rules };
}

function binding(kind: "ClusterRoleBinding" | "RoleBinding", name: string, roleName: string): JsonObject {
  return {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind,
    metadata: { name },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: roleName },
    subjects: [{ kind: "ServiceAccount", name: "reader", namespace: "default" }],
  };
}

async function review(kind: string, spec: JsonObject, by = client): Promise<JsonObject> {
  const path = `${reviews}/${kind.toLowerCase()}s`;
  const answer = await by.post(path, { apiVersion: "authorization.k8s.io/v1", kind, spec });
  expect(answer.status).toBe(201);
  return answer.body;
}

beforeAll(async () => {
  server = await startKubernetes({ users: [admin] });
  client = apiClient(server, admin.token);
  await client.post("/api/v1/namespaces/default/serviceaccounts", {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: "reader" },
  });
  await client.post(
    `${rbac}/clusterroles`,
    role([{ apiGroups: ["", "apps"], resources: ["nodes", "deployments"], verbs: ["get", "list", "watch"] }]),
  );
  await client.post(
    `${rbac}/clusterroles`,
    role([{ apiGroups: [""], resources: ["configmaps"], verbs: ["list"] }], "namespaced"),
  );
  await client.post(`${rbac}/clusterrolebindings`, binding("ClusterRoleBinding", "reader", "reader"));
  await client.post(
    `${rbac}/namespaces/default/rolebindings`,
    binding("RoleBinding", "reader", "namespaced"),
  );
  const minted = await client.post("/api/v1/namespaces/default/serviceaccounts/reader/token", {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec: { expirationSeconds: 600 },
  });
  token = textOf(valueAt(minted.body, "status", "token"));
  reader = apiClient(server, token);
});

afterAll(async () => {
  await reader.close();
  await client.close();
  await server.close();
});

it("lets a minted token do what its bindings say, and nothing else", async () => {
  const status = async (path: string) => (await reader.get(path)).status;
  expect(await status("/api/v1/nodes")).toBe(200);
  expect(await status("/apis/apps/v1/deployments")).toBe(200);
  expect(await status("/api/v1/namespaces/default/configmaps")).toBe(200);
  expect(await status("/api/v1/namespaces/kube-system/configmaps")).toBe(403);
  expect(await status("/api/v1/namespaces/default/secrets")).toBe(403);
  expect((await reader.delete("/apis/apps/v1/namespaces/default/deployments/web")).status).toBe(403);
});

it("says who a token is, and that a wrong one is nobody", async () => {
  const ask = async (wanted: string) => {
    const path = "/apis/authentication.k8s.io/v1/tokenreviews";
    const body = { apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: { token: wanted } };
    return (await client.post(path, body)).body["status"];
  };
  expect(await ask(token)).toMatchObject({
    authenticated: true,
    user: { username: "system:serviceaccount:default:reader" },
  });
  expect(await ask("wrong")).not.toHaveProperty("authenticated");
});

it("counts a token for the audiences asked for that it is made for, and for no other", async () => {
  const api = "https://kubernetes.default.svc";
  const minted = await client.post("/api/v1/namespaces/default/serviceaccounts/reader/token", {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec: { audiences: ["vault", "registry"] },
  });
  const foreign = textOf(valueAt(minted.body, "status", "token"));
  const ask = async (spec: JsonObject) => {
    const body = { apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec };
    return client.post("/apis/authentication.k8s.io/v1/tokenreviews", body);
  };
  const status = async (spec: JsonObject) => (await ask(spec)).body["status"];
  expect(await status({ token: foreign, audiences: ["registry", "other"] })).toMatchObject({
    authenticated: true,
    user: { username: "system:serviceaccount:default:reader" },
    audiences: ["registry"],
  });
  expect(await status({ token: foreign })).toEqual({
    user: {},
    error: `[invalid bearer token, token audiences ["vault" "registry"] is invalid for the target audiences ["${api}"]]`,
  });
  expect(await status({ token: token, audiences: ["vault"] })).not.toHaveProperty("authenticated");
  expect(await status({ token: admin.token })).toMatchObject({ authenticated: true, audiences: [api] });
  expect(await status({ token: admin.token, audiences: ["vault"] })).toEqual({
    user: {},
    error: "invalid bearer token",
  });
  expect(await ask({ audiences: ["vault"] })).toMatchObject({ status: 400 });
  const stranger = apiClient(server, foreign);
  expect((await stranger.get("/version")).status).toBe(401);
  await stranger.close();
});

it("answers what somebody may do in the words of RBAC", async () => {
  const nodes = { verb: "list", resource: "nodes" };
  const user = "system:serviceaccount:default:reader";
  const may = await review("SubjectAccessReview", { user, resourceAttributes: nodes });
  expect(may["status"]).toMatchObject({ allowed: true });
  expect(textOf(valueAt(may, "status", "reason"))).toContain('ClusterRoleBinding "reader"');
  const own = await review("SelfSubjectAccessReview", { resourceAttributes: nodes }, reader);
  expect(own["status"]).toMatchObject({ allowed: true });
  const secrets = { verb: "list", resource: "secrets", namespace: "default" };
  const denied = await review("SelfSubjectAccessReview", { resourceAttributes: secrets }, reader);
  expect(denied["status"]).toMatchObject({ allowed: false });
  const rules = await review("SelfSubjectRulesReview", { namespace: "default" }, reader);
  expect(JSON.stringify(rules["status"])).toContain('"resources":["configmaps"]');
});

it("refuses a token when its ServiceAccount is made anew", async () => {
  const path = "/api/v1/namespaces/default/serviceaccounts";
  const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "brief" } };
  await client.post(path, account);
  const minted = await client.post(`${path}/brief/token`, {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec: {},
  });
  const brief = apiClient(server, textOf(valueAt(minted.body, "status", "token")));
  expect((await brief.get("/version")).status).toBe(200);
  await client.delete(`${path}/brief`);
  await client.post(path, account);
  expect((await brief.get("/version")).status).toBe(401);
  await brief.close();
});

it("lets nobody bind a role with more rights than his own", async () => {
  await client.post(
    `${rbac}/clusterroles`,
    role(
      [{ apiGroups: ["rbac.authorization.k8s.io"], resources: ["rolebindings"], verbs: ["create"] }],
      "binder",
    ),
  );
  await client.post(`${rbac}/clusterrolebindings`, binding("ClusterRoleBinding", "binder", "binder"));
  const path = `${rbac}/namespaces/default/rolebindings`;
  const more = await reader.post(path, binding("RoleBinding", "more", "cluster-admin"));
  expect(more.status).toBe(403);
  expect(textOf(more.body["message"])).toContain("attempting to grant RBAC permissions not currently held");
  expect((await reader.post(path, binding("RoleBinding", "same", "reader"))).status).toBe(201);
});
