import fc from "fast-check";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { clusterFiles, clusterOfPath, clusterPath, clusterParts } from "./layout.ts";
import { renderTemplate } from "./render.ts";
import { parseTemplate, type Template } from "./template.ts";
import { forbiddenCharacters } from "./template-syntax.ts";
import { goodParameters, templateFiles } from "./testing/template-fixture.ts";

/** One place of each sort a value can stand in: plain, both quotes, amid text, in flow style, in a list. */
const places = `apiVersion: v1
kind: ConfigMap
metadata: {name: "\${name}", labels: {flow: "\${environment}"}}
data:
  plain: \${team}
  double: "\${owner}"
  single: '\${region}'
  amid: for \${purpose} only # kept
  list: \${zones}
  last: end
`;

function template(): Template {
  const parsed = parseTemplate("small", { ...templateFiles, "cluster.yaml": places });
  if (parsed.template === null) throw new Error(JSON.stringify(parsed.problems));
  return parsed.template;
}

const marks = [
  ...Array.from("\"'`{}[]:,#&*!|>%@?-~=<>$\\/ \n\t;()^+.0189eEyYnN"),
  ...Array.from("é支😀\u00a0\u0085\u2028\u2029\ufeff\u200b"),
  ": ",
  " #",
  "---\n",
  "\n...\n",
  "\n- ",
  "\nspec: {}\n",
  "${name}",
  "$${name}",
  "${",
  "<<: *a",
  "!!js/function",
  "!!binary ",
  "../",
  "{{ . }}",
];
const words = [
  ..."yes no on off true FALSE Null ~ .nan .inf -.INF 0x1F 0o17 017 1_000 1e3 +1 -0 1.10 12:30:45 2026-11-24".split(
    " ",
  ),
  ..."=  << * & ! % @ ` - ? : | > |- >+ [ ] { } # , \" ' \\".split(" "),
  "2026-11-24T10:00:00Z",
  " ",
  "\n",
  " lead",
  "trail ",
  "a: b",
  "a #b",
  "- a",
  "? a",
  "---",
  "...",
  "'",
  "''",
  '"\\"',
  "\\n",
  "__proto__",
  "constructor",
  "x".repeat(5_000),
  "<script>alert(1)</script>",
];
const hostile = fc
  .oneof(
    { weight: 2, arbitrary: fc.constantFrom(...words) },
    {
      weight: 4,
      arbitrary: fc.array(fc.constantFrom(...marks), { maxLength: 12 }).map((all) => all.join("")),
    },
    { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 30 }) },
    { weight: 1, arbitrary: fc.string({ unit: "binary-ascii", maxLength: 20 }) },
  )
  // An empty field is one not filled in, and left out.
  .filter((text) => text !== "")
  // Control characters and half surrogates are refused, which render.test.ts holds.
  .filter((text) => !forbiddenCharacters.test(text) && text.isWellFormed());

const perRender = 10;

test("10,000 hostile inputs come back from the rendered YAML as they went in, in YAML 1.1 and 1.2", () => {
  const own = template();
  const inputs = fc.array(hostile, { minLength: perRender, maxLength: perRender });
  const property = fc.property(inputs, ([environment, team, owner, region, purpose, ...zones]) => {
    const given = { ...goodParameters, environment, team, owner, region, purpose, zones };
    const result = renderTemplate(own, given);
    if (!result.ok) throw new Error(result.message);
    expect(Object.keys(result.value).sort()).toEqual(clusterFiles(goodParameters.name).sort());
    const text = result.value[clusterPath(goodParameters.name, "cluster")] ?? "";
    for (const version of ["1.1", "1.2"] as const) {
      const documents = [...parseAllDocuments(text, { version, merge: true })];
      expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
      expect(documents.map((document) => document.toJS() as unknown)).toEqual([
        {
          apiVersion: "v1",
          kind: "ConfigMap",
          metadata: { name: goodParameters.name, labels: { flow: environment } },
          data: {
            plain: team,
            double: owner,
            single: region,
            amid: `for ${purpose ?? ""} only`,
            list: zones,
            last: "end",
          },
        },
      ]);
    }
  });
  fc.assert(property, { numRuns: 10_000 / perRender });
}, 120_000);

test("no name leaves the cluster's own folder: it is a DNS label, or nothing is rendered", () => {
  const own = template();
  const name = fc.oneof(
    hostile,
    fc.constantFrom(
      ..."../x x/../y /etc/passwd .. . a/b a\\b a%2fb management/fleet/x .git x.yaml A a_b -a a- ａ a\u2024b".split(
        " ",
      ),
    ),
    fc.string({ unit: "binary-ascii", maxLength: 70 }),
  );
  const property = fc.property(name, (asked) => {
    const result = renderTemplate(own, { ...goodParameters, name: asked });
    if (!/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(asked)) {
      expect(result.ok).toBe(false);
      return;
    }
    if (!result.ok) throw new Error(result.message);
    for (const path of Object.keys(result.value)) {
      expect(path.split("/")).not.toContain("..");
      expect(clusterOfPath(path)).toBe(asked);
    }
    expect(Object.keys(result.value)).toHaveLength(clusterParts.length);
  });
  fc.assert(property, { numRuns: 2_000 });
}, 120_000);
