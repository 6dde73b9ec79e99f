import { describe, expect, it } from "vitest";
import { describeFile } from "./describe-files.ts";
import { clusterFile, fleetFile, fluxConfigFile } from "./layout.ts";
import { renderTemplate } from "./render.ts";
import { fixtureTemplate, goodParameters } from "./testing/template-fixture.ts";

const render = (more = {}): Record<string, string> => {
  const result = renderTemplate(fixtureTemplate(), { ...goodParameters, ...more });
  return result.ok ? result.value : {};
};
const path = clusterFile("dev-payments-2");
const cluster = (more = {}): string => render(more)[path] ?? "";

describe("a file of a change", () => {
  it("says what it does to the cluster", () => {
    expect(describeFile({ path, base: null, head: cluster() })).toBe("new cluster, 1 pool");
    expect(describeFile({ path, base: cluster(), head: null })).toBe("removes cluster dev-payments-2");
    expect(describeFile({ path, base: cluster(), head: cluster({ kubernetesVersion: "v1.33.9" }) })).toBe(
      "control plane v1.34.5 → v1.33.9, pools v1.34.5 → v1.33.9",
    );
    expect(
      describeFile({ path, base: cluster(), head: cluster({ expiresAt: "2026-12-20T17:00:00Z" }) }),
    ).toBe("expires 2026-12-20");
  });

  it("says what Flux and the management cluster get", () => {
    const flux =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cluster-vars}\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec: {path: ./apps/overlays/development}\n";
    expect(describeFile({ path: fluxConfigFile("a"), base: null, head: flux })).toBe(
      "development overlay, variables",
    );
    const kinds = ["Namespace", "Kustomization", "Kustomization", "Kustomization", "Alert"];
    const head = kinds.map((kind) => `kind: ${kind}\n`).join("---\n");
    expect(describeFile({ path: fleetFile("a"), base: null, head })).toBe(
      "namespace, three Kustomizations, alert",
    );
  });

  it("names the reach of shared files", () => {
    expect(describeFile({ path: "apps/base/api/deployment.yaml", base: "", head: "" })).toBe(
      "apps of every environment",
    );
    expect(describeFile({ path: "policies/overlays/staging/quota.yaml", base: "", head: "" })).toBe(
      "policies of staging",
    );
    expect(describeFile({ path: "README.md", base: "", head: "" })).toBeNull();
  });
});
