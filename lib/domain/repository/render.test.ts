import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { renderTemplate } from "./render.ts";
import { forbiddenCharacters } from "./template-syntax.ts";
import { fixtureTemplate, goodParameters } from "./testing/template-fixture.ts";

const template = fixtureTemplate();
const clusterPath = "clusters/dev-payments-2/cluster.yaml";

function render(more: Record<string, unknown> = {}): string {
  const result = renderTemplate(template, { ...goodParameters, ...more });
  if (!result.ok) throw new Error(result.message);
  return result.value[clusterPath] ?? "";
}

/** Documents as a YAML 1.1 reader (Kubernetes') and a 1.2 reader see them. */
function read(text: string, version: "1.1" | "1.2" = "1.2"): Record<string, unknown>[] {
  const documents = [...parseAllDocuments(text, { version })];
  for (const document of documents) expect(document.errors).toEqual([]);
  return documents.map((document) => document.toJS() as Record<string, unknown>);
}

describe("a rendered template", () => {
  it("gives the three files of a cluster, and none for another name", () => {
    const result = renderTemplate(template, goodParameters);
    expect(result.ok && Object.keys(result.value).sort()).toEqual([
      clusterPath,
      "clusters/dev-payments-2/flux-config.yaml",
      "clusters/management/fleet/dev-payments-2.yaml",
    ]);
    expect(renderTemplate(template, { ...goodParameters, name: "../x" })).toMatchObject({
      ok: false,
      code: "invalid",
    });
  });

  it("keeps comments, says which template made it and loses its directives", () => {
    const text = render();
    expect(text).toContain("# a cluster");
    expect(text).toContain('"for Load test only" # kept');
    expect(text).toContain("fleetwright.dev/template: small@4");
    expect(text).not.toContain("fleetwright.dev/each");
    expect(text).not.toContain("fleetwright.dev/when");
  });

  it("repeats documents and list items per pool, and leaves out what does not apply", () => {
    const pools = ["a", "b"].map((name) => ({ name, size: "S", min: 1, max: 2 }));
    const objects = read(render({ pools }));
    expect(objects.map(({ kind }) => kind)).toEqual([
      "Cluster",
      "AzureASOManagedControlPlane",
      "MachinePool",
      "MachinePool",
      "AzureASOManagedMachinePool",
      "AzureASOManagedMachinePool",
    ]);
    expect(objects[1]).toMatchObject({
      spec: {
        resources: [
          { kind: "ManagedCluster" },
          { kind: "Mention", name: "a" },
          { kind: "Mention", name: "b" },
        ],
      },
    });
    expect(read(render({ spot: true })).map(({ kind }) => kind)).toContain("ConfigMap");
  });

  it("gives plain variables their parameter's type and quoted ones stay text", () => {
    const objects = read(render({ zones: ["1", "2"] }));
    expect(objects[1]).toMatchObject({ spec: { spot: false, zones: ["1", "2"] } });
    expect(objects[3]).toMatchObject({ spec: { resources: [{ spec: { minCount: 2, mode: "System" } }] } });
    expect(objects[2]).toMatchObject({
      metadata: { annotations: { "cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size": "2" } },
    });
  });

  it("drops what holds an optional parameter that was not given", () => {
    const text = render({ expiresAt: undefined });
    expect(text).not.toContain("expires-at");
    expect(text).not.toContain("vnetSubnetReference");
    expect(text).not.toContain("zones");
  });

  it("shows what is still missing in a preview, and refuses it otherwise", () => {
    const incomplete = { environment: "development" };
    const preview = renderTemplate(template, incomplete, { preview: true });
    expect(preview.ok && preview.value["clusters/new-cluster/cluster.yaml"]).toContain(
      'fleetwright.dev/team: "${team}"',
    );
    expect(renderTemplate(template, { ...goodParameters, purpose: undefined })).toMatchObject({ ok: false });
  });

  it("leaves variables it does not declare, and escaped ones, alone", () => {
    const result = renderTemplate(template, goodParameters);
    const text = result.ok ? result.value["clusters/dev-payments-2/flux-config.yaml"] : "";
    expect(text).toContain('LATER: "${CLUSTER_REGION} $${name}"');
  });
});

const hostile = [
  ...[
    "y",
    "on",
    "No",
    "~",
    "null",
    "true",
    "1e3",
    "0x1f",
    "007",
    "0o17",
    "1_000",
    "12:30:45",
    ".inf",
    "2026-12-08",
  ],
  ...[
    "a: b",
    "a #b",
    "- x",
    "? x",
    "{a: 1}",
    "[1]",
    "&a",
    "*a",
    "!!int 1",
    "%x",
    "@x",
    "`x`",
    "|",
    ">",
    "'",
    '"',
  ],
  ...[
    "x\nkind: Secret",
    "x\n---\nkind: Secret",
    "\ttab",
    " lead",
    "trail ",
    "ünïcode ☃ 漢字 😀",
    "<img src=x>",
  ],
  ...["$(rm -rf /)", "${region}", "$${name}", "${CLUSTER_NAME}", "; rm -rf /", "a\\nb", "{{ .x }}"],
];

describe("a hostile string", { timeout: 60_000 }, () => {
  const place = (text: string, version: "1.1" | "1.2"): void => {
    const own = read(render({ purpose: text, owner: text, kubernetesVersion: text }), version);
    expect(own).toHaveLength(4);
    const annotations = (own[0] as { metadata: { annotations: Record<string, unknown> } }).metadata
      .annotations;
    expect(annotations["fleetwright.dev/purpose"]).toBe(text);
    expect(annotations["fleetwright.dev/owner"]).toBe(text);
    expect(annotations["note"]).toBe(`for ${text} only`);
    expect(own[1]).toMatchObject({ spec: { version: text } });
    expect(Object.keys(annotations)).toHaveLength(6);
  };

  it.each(hostile.map((text) => [text]))("%j stays exactly that string", (text) => {
    place(text, "1.2");
    place(text, "1.1");
  });

  it("of any kind stays a string and makes no key, object or document", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 60 }), (text) => {
        if (forbiddenCharacters.test(text)) {
          expect(renderTemplate(template, { ...goodParameters, purpose: text })).toMatchObject({
            ok: false,
            fieldErrors: { purpose: expect.stringContaining("control character") as string },
          });
        } else {
          place(text, "1.2");
          place(text, "1.1");
        }
      }),
      { numRuns: 60 },
    );
  });

  it("made of YAML's own signs does so too", () => {
    const signs = fc.string({
      unit: fc.constantFrom(...Array.from("\n\t :#-?!&*|>'\"%@`{}[],\\0xeyon~=<1.")),
      minLength: 1,
      maxLength: 24,
    });
    fc.assert(
      fc.property(signs, (text) => {
        place(text, "1.2");
        place(text, "1.1");
      }),
      { numRuns: 100 },
    );
  });
});
