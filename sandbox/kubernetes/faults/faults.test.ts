import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ApiFault, Kubernetes } from "../../contracts.ts";
import type { JsonObject } from "../json.ts";
import { textOf, valueAt } from "../json.ts";
import { startKubernetes } from "../start-kubernetes.ts";
import { apiClient } from "../testing/api-client.ts";
import type { ApiClient } from "../testing/api-client.ts";

const admin = { username: "admin", groups: ["system:masters"], token: "token-of-admin" };
const configMaps = "/api/v1/namespaces/default/configmaps";
let server: Kubernetes;
let client: ApiClient;

beforeEach(async () => {
  server = await startKubernetes({ users: [admin] });
  client = apiClient(server, admin.token);
});

afterEach(async () => {
  await client.close();
  await server.close();
});

const fault = (value: ApiFault) => client.put("/sandbox/management/fault", { ...value });

function configMap(name: string, text = "v"): JsonObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data: { k: text } };
}

it("closes every connection of the management API, but not of the control endpoint", async () => {
  await fault({ kind: "reset" });
  await expect(client.get(configMaps)).rejects.toThrow();
  await fault({ kind: "none" });
  expect((await client.get(configMaps)).status).toBe(200);
});

it("throttles so many requests, as the API server does", async () => {
  await fault({ kind: "error", status: 429, times: 2 });
  const first = await client.get(configMaps);
  expect([first.status, first.headers.get("retry-after"), first.text]).toEqual([
    429,
    "1",
    "Too many requests, please try again later.\n",
  ]);
  expect((await client.get(configMaps)).status).toBe(429);
  expect((await client.get(configMaps)).status).toBe(200);
});

it("fails only where it is asked to", async () => {
  await fault({ kind: "error", status: 403, path: "/apis/apps/" });
  const refused = await client.get("/apis/apps/v1/deployments");
  expect([refused.status, refused.body["reason"]]).toEqual([403, "Forbidden"]);
  expect((await client.get(configMaps)).status).toBe(200);
});

it("cuts an answer in the middle", async () => {
  await client.post(configMaps, configMap("long", "x".repeat(5000)));
  await fault({ kind: "cut", afterBytes: 1000, times: 1 });
  await expect(client.get(configMaps)).rejects.toThrow();
  expect((await client.get(configMaps)).text.length).toBeGreaterThan(5000);
});

it("cuts a watch after so many bytes", async () => {
  await fault({ kind: "cut", afterBytes: 100, times: 1 });
  const watched = client.watch(`${configMaps}?watch=true`, () => false);
  await client.post(configMaps, configMap("one"));
  await expect(watched).rejects.toThrow();
});

it("answers late when it is slow", async () => {
  await fault({ kind: "slow", delayMs: 60_000, path: configMaps });
  const late = client.get(configMaps).then(
    () => "answered",
    () => "cut off",
  );
  expect(await Promise.race([late, delay(100, "waiting")])).toBe("waiting");
  expect((await client.get("/api/v1/namespaces")).status).toBe(200);
  await client.put("/sandbox/management/fault", { kind: "black-hole" });
  expect(await late).toBe("cut off");
  await fault({ kind: "none" });
});

it("forgets its history on demand: watches end, and going on from before is 410", async () => {
  const before = await client.post(configMaps, configMap("a"));
  await client.post(configMaps, configMap("b"));
  const page = await client.get(`${configMaps}?limit=1`);
  const ended = client
    .watch(`${configMaps}?watch=true`, () => false)
    .then(
      () => "ended",
      () => "ended",
    );
  await client.post("/sandbox/management/compact", {});
  expect(await ended).toBe("ended");
  const version = textOf(valueAt(before.body, "metadata", "resourceVersion"));
  const events = await client.watch(
    `${configMaps}?watch=true&resourceVersion=${version}`,
    (all) => all.length > 0,
  );
  expect(events[0]).toMatchObject({ type: "ERROR", object: { code: 410, reason: "Expired" } });
  const token = textOf(valueAt(page.body, "metadata", "continue"));
  const expired = await client.get(`${configMaps}?limit=1&continue=${token}`);
  expect(expired.status).toBe(200);
  await client.post(configMaps, configMap("c"));
  await client.post("/sandbox/management/compact", {});
  const gone = await client.get(`${configMaps}?limit=1&continue=${token}`);
  expect(gone.status).toBe(410);
  const fresh = textOf(valueAt(gone.body, "metadata", "continue"));
  const rest = await client.get(`${configMaps}?continue=${fresh}`);
  expect(rest.text).toContain('"name":"c"');
});

it("lists pages of one version, whatever is written between them", async () => {
  for (const name of ["a", "c", "d"]) await client.post(configMaps, configMap(name));
  const first = await client.get(`${configMaps}?limit=1`);
  await client.post(configMaps, configMap("b"));
  await client.delete(`${configMaps}/c`);
  const token = textOf(valueAt(first.body, "metadata", "continue"));
  const rest = await client.get(`${configMaps}?continue=${token}`);
  const names = [...rest.text.matchAll(/"metadata":\{"name":"([^"]+)"/g)].map((match) => match[1]);
  expect(names.filter((name) => name !== "kube-root-ca.crt")).toEqual(["c", "d"]);
});
