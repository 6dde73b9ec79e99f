import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Kubernetes } from "../../contracts.ts";
import { startKubernetes } from "../start-kubernetes.ts";
import { apiClient } from "../testing/api-client.ts";
import { readRecording, replayRecording } from "./replay-recording.ts";

const here = import.meta.dirname;
const users = [
  { username: "admin", uid: "admin", groups: ["system:masters"], token: "token-of-admin" },
  { username: "alice", uid: "alice-id", groups: ["team-a"], token: "token-of-alice" },
];
/** Entries whose answers are known to differ from the real server's, by recording. */
const deviations = JSON.parse(readFileSync(join(here, "deviations.json"), "utf8")) as Record<string, string[]>;

/** Recordings whose leavings another one shows: all were made one after another on one server. */
const needs: Record<string, string[]> = { lists: ["crud", "requests"] };

/** An API server as the recorded one was: CRDs installed, no controllers but where the recording says so. */
async function startRecorded(controllers: boolean): Promise<Kubernetes> {
  const server = await startKubernetes({ users }, { controllers, version: "v1.36.3" });
  const client = apiClient(server, "token-of-admin");
  for (const crd of readRecording("crds")) {
    await client.post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", crd);
  }
  await client.close();
  return server;
}

describe("answers of a recorded kube-apiserver", () => {
  it.concurrent.each(Object.keys(deviations))(
    "%s: every entry is answered alike, save the known deviations",
    { timeout: 120_000 },
    async (name) => {
      const controllers = name.endsWith("-with-controller");
      const server = await startRecorded(controllers);
      const tokens = { admin: "token-of-admin", alice: "token-of-alice" };
      const target = { url: server.url, ca: server.ca, tokens, controllers };
      for (const before of needs[name] ?? []) await replayRecording(before, target);
      const results = await replayRecording(name, target);
      await server.close();
      const differing = results.filter((result) => result.differences.length > 0);
      const share = Math.round((1 - differing.length / results.length) * 100);
      console.info(`${name}: ${String(results.length - differing.length)} of ${String(results.length)} alike (${String(share)} %)`);
      const worse = differing.filter((result) => !deviations[name]?.includes(result.name));
      expect(worse).toEqual([]);
      expect(differing.map((result) => result.name).sort()).toEqual([...(deviations[name] ?? [])].sort());
    },
  );
});
