import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { startFluxHarness } from "../flux-kustomize/flux-harness.ts";
import type { FluxHarness } from "../flux-kustomize/flux-harness.ts";
import { fluxKinds } from "../flux/flux-kinds.ts";
import type { Condition } from "../runtime/conditions.ts";

let flux: FluxHarness;

beforeAll(async () => {
  flux = await startFluxHarness();
  await flux.git.commit("first", { "a.yaml": "" });
});

afterAll(async () => {
  await flux.close();
});

async function conditionsOf(name: string): Promise<string[]> {
  const { status } = await flux.client.get(fluxKinds.gitRepository, name, "flux-system");
  const { conditions = [] } = (status ?? {}) as { conditions?: Condition[] };
  return conditions.map((each) => `${each.type}=${each.status}/${each.reason} ${each.message}`);
}

it("reports a Git server that is down beside the artifact it still has, and an unknown branch", async () => {
  await flux.repository("fleet");
  await vi.waitFor(async () => expect((await conditionsOf("fleet"))[0]).toMatch(/^Ready=True/), 5_000);
  const url = "http://127.0.0.1:1/fleet.git";
  await flux.client.patch(fluxKinds.gitRepository, "fleet", "flux-system", { spec: { url } });
  const why = `failed to checkout and determine revision: unable to list remote for '${url}': Get "${url}/info/refs?service=git-upload-pack": dial tcp 127.0.0.1:1: connect: connection refused`;
  await vi.waitFor(async () => {
    const [reconciling, ready, stored, failed] = await conditionsOf("fleet");
    expect(reconciling).toMatch(/^Reconciling=True\/ProgressingWithRetry/);
    expect(ready).toBe(`Ready=False/GitOperationFailed ${why}`);
    expect(stored).toMatch(/^ArtifactInStorage=True\/Succeeded/);
    expect(failed).toBe(`FetchFailed=True/GitOperationFailed ${why}`);
  }, 5_000);
  await flux.repository("branch", { ref: { branch: "nosuch" } });
  await vi.waitFor(async () => {
    const text = `unable to clone '${flux.git.url}': couldn't find remote ref "refs/heads/nosuch"`;
    expect((await conditionsOf("branch")).join("\n")).toContain(text);
  }, 5_000);
});
