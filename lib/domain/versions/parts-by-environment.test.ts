import { describe, expect, it } from "vitest";
import { imageVersion } from "./image-version.ts";
import { minorsBetween } from "./minors-between.ts";
import { partsByEnvironment } from "./parts-by-environment.ts";

describe("versions of parts", () => {
  it.each([
    ["ghcr.io/fluxcd/source-controller:v1.7.4", "source-controller", "v1.7.4"],
    ["ghcr.io/fluxcd/source-controller:v1.7.4@sha256:abc", "source-controller", "v1.7.4"],
    ["registry.local:5000/flux/helm-controller", "helm-controller", null],
    ["registry.local:5000/flux/helm-controller@sha256:abc", "helm-controller", null],
    ["helm-controller:", "helm-controller", null],
    ["", "", null],
  ])("reads %s", (image, name, version) => {
    expect(imageVersion(image)).toEqual({ name, version });
  });

  it("puts what differs first, newest version first, and says what is not known", () => {
    const rows = partsByEnvironment([
      { part: "cert-manager", version: "1.16.2", environment: "production", count: 3 },
      { part: "ingress", version: "4.9.0", environment: "production", count: 1 },
      { part: "ingress", version: "4.10.0", environment: "production", count: 2 },
      { part: "ingress", version: null, environment: "production", count: 4 },
      { part: "ingress", version: "4.10.0", environment: "staging", count: 2 },
    ]);
    expect(rows.map(({ part, spread }) => [part, spread])).toEqual([
      ["ingress", 2],
      ["cert-manager", 1],
    ]);
    expect(rows[0]?.cells).toEqual({
      production: [
        { version: "4.10.0", count: 2 },
        { version: "4.9.0", count: 1 },
        { version: null, count: 4 },
      ],
      staging: [{ version: "4.10.0", count: 2 }],
    });
  });
});

describe("minorsBetween", () => {
  it.each([
    ["v1.32.4", "v1.34.5", 2],
    ["v1.34.1", "v1.34.5", 0],
    ["v1.34.1", "v2.0.0", null],
    ["latest", "v1.34.5", null],
  ])("%s to %s: %s", (older, newer, minors) => {
    expect(minorsBetween(older, newer)).toBe(minors);
  });
});
