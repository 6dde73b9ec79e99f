import { describe, expect, it } from "vitest";
import { parseManifest } from "./manifests.ts";
import { substituteVariables } from "./substitute-variables.ts";

const variables: Record<string, string> = { NAME: "prod-east", EMPTY: "", COUNT: "43", YES: "y" };
const substitute = (text: string): string => substituteVariables(text, (name) => variables[name]);

describe("substituteVariables", () => {
  it.each([
    ["${NAME}", "prod-east"],
    ["a $NAME b", "a $NAME b"],
    ["$${NAME}", "${NAME}"],
    ["${X:=d}-${X:-e}-${X-f}-${EMPTY:=g}-${EMPTY-h}", "d-e-f-g-"],
    ["${X:=${NAME}}", "prod-east"],
    ["${NAME^^} ${NAME^} ${#NAME}", "PROD-EAST Prod-east 9"],
    ["${NAME#*-} ${NAME%-*} ${NAME:0:4} ${NAME:5}", "east prod prod east"],
    ["${NAME/-/_}", "prod_east"],
  ])("makes %s to %s", (text, expected) => {
    expect(substitute(text)).toBe(expected);
  });

  it("fails on a variable that is not set and has no default", () => {
    expect(() => substitute("a: ${X}")).toThrow('variable not set (strict mode): "X"');
  });

  it("lets a bare value change its type, as Flux does", () => {
    const object = "apiVersion: v1\nkind: X\nmetadata: {name: x}\n";
    const [parsed] = parseManifest(
      substitute(`${object}a: \${COUNT}\nb: \${YES}\nc: "\${COUNT}"\nd: 2026-01-01\n`),
    );
    expect(parsed).toMatchObject({ a: 43, b: true, c: "43", d: "2026-01-01" });
  });
});
