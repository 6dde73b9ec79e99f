import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateAgeKey, sopsEncrypt } from "../../fleet/sops.ts";
import { kinds } from "../runtime/kind.ts";
import { configMap, isApplied, startFluxHarness } from "./flux-harness.ts";
import type { FluxHarness, KustomizationState } from "./flux-harness.ts";

let flux: FluxHarness;

beforeAll(async () => {
  flux = await startFluxHarness({ sopsAgeSecret: "flux-system/sops-age", remoteTimeoutMs: 2_000 });
  await flux.git.commit("first", { "one/a.yaml": configMap("a", { x: "1" }) });
  await flux.repository("fleet");
});

afterAll(async () => {
  await flux.close();
});

const hasFailed = ({ ready }: KustomizationState): boolean =>
  ready?.status === "False" && ready.reason !== "ArtifactFailed";

async function secret(name: string, data: Record<string, string>): Promise<void> {
  const metadata = { name, namespace: "flux-system" };
  await flux.client.create(kinds.secret, { apiVersion: "v1", kind: "Secret", metadata, stringData: data });
}

const deployment = (name: string): string =>
  JSON.stringify({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "default" },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image: name }] } },
    },
  });

describe("a failing Kustomization", () => {
  it("names what does not become healthy in time", async () => {
    await flux.push("deploy", { "health/a.yaml": deployment("slow") });
    await flux.kustomization("health", { path: "health", wait: true, timeout: "1s" });
    // The history comes in a write of its own, after the condition.
    const { ready, status } = await flux.until(
      "health",
      (state) => hasFailed(state) && state.status.history !== undefined,
    );
    expect(ready?.reason).toBe("HealthCheckFailed");
    expect(ready?.message).toMatch(
      /^health check failed after [\d.]+m?s: timeout waiting for: \[Deployment\/default\/slow status: 'InProgress'\]$/,
    );
    expect(status.lastAppliedRevision).toBeUndefined();
    expect(status.observedGeneration).toBe(-1);
    expect(status.history?.[0]?.lastReconciledStatus).toBe("HealthCheckFailed");
    expect(status.inventory?.entries).toHaveLength(1);
  });

  it("fails early by an expression, and is stalled by one that is no CEL", async () => {
    const check = { apiVersion: "v1", kind: "ConfigMap", failed: "data.x == '1'", current: "data.x == '2'" };
    const base = { path: "one", wait: true };
    await flux.kustomization("cel", { ...base, healthCheckExprs: [check] });
    const { ready } = await flux.until("cel", hasFailed);
    expect(ready?.message).toMatch(
      /^health check failed after [\d.]+m?s: failed early due to stalled resources: \[ConfigMap\/default\/a status: 'Failed'\]$/,
    );
    await flux.kustomization("no-cel", { ...base, healthCheckExprs: [{ ...check, current: "data.x ==" }] });
    const { ready: stalled, status } = await flux.until("no-cel", hasFailed);
    expect(stalled?.reason).toBe("InvalidCELExpression");
    expect(status.conditions?.map((each) => each.type)).toEqual(["Stalled", "Ready"]);
  });

  it("substitutes strictly, by Flux's rules", async () => {
    const data = { a: "${NAME}-${ZONE:=north}", b: "$${NAME}" };
    await flux.push("vars", {
      "vars/a.yaml": configMap("vars", data),
      "unset/a.yaml": configMap("unset", { a: "${X}" }),
    });
    const substitute = { NAME: "prod" };
    await flux.kustomization("vars", { path: "vars", postBuild: { substitute } });
    await flux.until("vars", ({ ready }) => ready?.status === "True");
    const applied = await flux.client.get(kinds.configMap, "vars", "default");
    expect(applied.data).toEqual({ a: "prod-north", b: "${NAME}" });
    await flux.kustomization("unset", { path: "unset", postBuild: { substitute } });
    const { ready } = await flux.until("unset", hasFailed);
    expect(ready?.reason).toBe("BuildFailed");
    expect(ready?.message).toMatch(
      /^post build failed for 'ConfigMap\.v1\.\[noGrp\]\/unset\.default': envsubst error: variable substitution failed: variable not set \(strict mode\): "X"$/,
    );
  });

  it("applies nothing of a path that holds a kind nobody serves, or that leaves the artifact", async () => {
    const odd =
      '{"apiVersion": "odd.example/v1", "kind": "Odd", "metadata": {"name": "odd", "namespace": "default"}}';
    const outside = "resources: [../../../etc]\n";
    await flux.push("odd", {
      "odd/a.yaml": configMap("beside-odd", {}),
      "odd/b.yaml": odd,
      "out/kustomization.yaml": outside,
    });
    await flux.kustomization("odd", { path: "odd" });
    const { ready } = await flux.until("odd", hasFailed);
    expect(ready?.message.trim()).toBe(
      'Odd/default/odd dry-run failed: no matches for kind "Odd" in version "odd.example/v1"',
    );
    expect(await flux.client.find(kinds.configMap, "beside-odd", "default")).toBeUndefined();
    await flux.kustomization("out", { path: "out" });
    const { ready: refused } = await flux.until("out", hasFailed);
    expect(refused?.message).toContain("'../../../etc' is outside of the artifact");
  });
});

describe("a remote Kustomization", () => {
  it("says what is wrong with its kubeconfig, then applies over there", async () => {
    const kubeConfig = { secretRef: { name: "west-kubeconfig" } };
    const revision = await flux.push("remote", { "remote/a.yaml": configMap("remote", {}) });
    await flux.kustomization("remote", { path: "remote", retryInterval: "300ms", kubeConfig });
    const missing = await flux.until("remote", hasFailed);
    expect(missing.ready?.message).toBe(
      `unable to read KubeConfig secret 'flux-system/west-kubeconfig' error: secrets "west-kubeconfig" not found`,
    );
    await flux.kustomization("nowhere", { path: "remote", kubeConfig: { secretRef: { name: "nowhere" } } });
    const dead = { clusters: [{ name: "x", cluster: { server: "https://127.0.0.1:1" } }] };
    const context = {
      contexts: [{ name: "x", context: { cluster: "x", user: "x" } }],
      "current-context": "x",
    };
    await secret("nowhere", { value: JSON.stringify({ ...dead, ...context, users: [] }) });
    await secret("west-kubeconfig", { value: await flux.workload("west") });
    await flux.until("remote", isApplied(revision));
    expect(await flux.client.find(kinds.configMap, "remote", "default")).toBeUndefined();
  });

  it("says in Flux's words that the other API server refuses connections", async () => {
    await flux.kustomization("refused", { path: "remote", kubeConfig: { secretRef: { name: "nowhere" } } });
    const { ready } = await flux.until("refused", hasFailed);
    expect(ready?.reason).toBe("ReconciliationFailed");
    expect(ready?.message.trim()).toBe(
      'ConfigMap/default/remote dry-run failed: failed to get server groups: Get "https://127.0.0.1:1/api?timeout=30s": dial tcp 127.0.0.1:1: connect: connection refused',
    );
  });
});

describe("an encrypted Secret", () => {
  it("is decrypted with the controller's age key, and refused without", async () => {
    const key = await generateAgeKey();
    const metadata = { name: "git-auth", namespace: "default" };
    const plain = {
      apiVersion: "v1",
      kind: "Secret",
      metadata,
      stringData: { username: "fleet", password: "p4ss" },
    };
    await secret("sops-age", { "age.agekey": key.identity });
    await flux.push("sops", { "sops/a.yaml": await sopsEncrypt(plain, key.recipient, new Date()) });
    await flux.kustomization("plain", { path: "sops" });
    const { ready } = await flux.until("plain", hasFailed);
    expect(ready?.message).toContain("is SOPS encrypted, configuring decryption is required");
    await flux.kustomization("sops", { path: "sops", decryption: { provider: "sops" } });
    await flux.until("sops", (state) => state.ready?.status === "True");
    const applied = await flux.client.get(kinds.secret, "git-auth", "default");
    const data = applied.data as Record<string, string>;
    expect(Buffer.from(data.password ?? "", "base64").toString()).toBe("p4ss");
    expect(applied.sops).toBeUndefined();
  });
});
