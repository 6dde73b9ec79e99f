import { describe, expect, it } from "vitest";
import { parseTemplate } from "./template.ts";
import { templateFiles } from "./testing/template-fixture.ts";

const problemsWith = (more: Record<string, string | undefined>): string[] => {
  const files = Object.fromEntries(
    Object.entries({ ...templateFiles, ...more }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  const { template, problems } = parseTemplate("small", files);
  if (problems.some(({ severity }) => severity === "error")) expect(template).toBeNull();
  return problems.map(
    ({ file, line, message }) => `${file.split("/").pop() ?? ""}:${String(line)} ${message}`,
  );
};

describe("a template", () => {
  it("is title, version, schema and three manifests", () => {
    const { template, problems } = parseTemplate("small", templateFiles);
    expect(problems).toEqual([]);
    expect(template).toMatchObject({ name: "small", title: "Small", version: 4 });
    expect(Object.keys(template?.manifests ?? {})).toEqual(["cluster", "flux-config", "fleet"]);
  });

  it("says which file is missing", () => {
    expect(problemsWith({ "fleet.yaml": undefined })).toEqual(["fleet.yaml:null is missing"]);
  });

  it("refuses what could not be rendered safely, with its line", () => {
    expect(problemsWith({ "fleet.yaml": "a: &x 1\nb: *x\n" })).toEqual([
      "fleet.yaml:1 uses an anchor or alias; write the value out",
      "fleet.yaml:2 uses an anchor or alias; write the value out",
    ]);
    expect(problemsWith({ "fleet.yaml": "${name}: 1\n" })[0]).toContain("parameter in the key");
    expect(
      problemsWith({ "fleet.yaml": "metadata: {annotations: {fleetwright.dev/when: nope}}\n" })[0],
    ).toContain("not declared");
    expect(problemsWith({ "fleet.yaml": "a: [1\n" })[0]).toContain("is not valid YAML");
    expect(problemsWith({ "fleet.yaml": "a: ok\nname: {x: ${name}}\n" })[0]).toContain(
      "fleet.yaml:2 is not valid YAML",
    );
  });

  it("needs a usable schema with a name", () => {
    const schema = (parameters: string): string => `title: T\nversion: 1\nparameters: ${parameters}\n`;
    expect(problemsWith({ "template.yaml": schema("{type: object, properties: {}}") })[0]).toContain(
      "needs a parameter `name`",
    );
    expect(
      problemsWith({
        "template.yaml": schema('{type: object, properties: {name: {type: string, pattern: "("}}}'),
      })[0],
    ).toContain("no usable JSON Schema");
  });
});
