import { connect } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Kubernetes } from "../../contracts.ts";
import { KubeClient } from "../../controllers/runtime/kube-client.ts";
import { kinds } from "../../controllers/runtime/kind.ts";
import { startKubernetes } from "../start-kubernetes.ts";

const admin = { username: "admin", groups: ["system:masters"], token: "watch-end" };
let api: Kubernetes;
let client: KubeClient;

beforeAll(async () => {
  api = await startKubernetes({ users: [admin] });
  client = new KubeClient({ server: api.url, ca: api.ca, token: admin.token }, { fieldManager: "test" });
});

afterAll(async () => {
  await client.close();
  await api.close();
});

test("a watch whose time is over hears nothing more, even where the client neither reads nor closes", async () => {
  const { port } = new URL(api.url);
  const socket = connect({ port: Number(port), host: "127.0.0.1", rejectUnauthorized: false });
  const path = "/api/v1/namespaces/default/configmaps?watch=true&allowWatchBookmarks=true&timeoutSeconds=1";
  socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${admin.token}\r\n\r\n`);
  let text = "";
  socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
  // The last chunk of a chunked answer: the server has ended it, the connection stays.
  await expect.poll(() => text, { timeout: 5_000 }).toContain("\r\n0\r\n\r\n");
  const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "late", namespace: "default" } };
  await client.create(kinds.configMap, object);
  expect((await client.get(kinds.configMap, "late", "default")).metadata.name).toBe("late");
  expect(text).not.toContain("late");
  socket.destroy();
});
