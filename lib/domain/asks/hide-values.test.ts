import { expect, test } from "vitest";
import { hideValues } from "./hide-values.ts";

test("what may be secret is counted, not shown", () => {
  const seen = hideValues({
    metadata: {
      name: "x",
      managedFields: [{}],
      annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{secret}", team: "a" },
    },
    spec: {
      values: { db: { password: "hunter2" } },
      postBuild: { substitute: { A: "1", B: "2" } },
      path: "./a",
    },
  });
  expect(seen).toEqual({
    metadata: { name: "x", annotations: { team: "a" } },
    spec: { values: "hidden (1 value)", postBuild: { substitute: "hidden (2 values)" }, path: "./a" },
  });
  expect(JSON.stringify(seen)).not.toContain("hunter2");
});

test("an object nested without end is cut", () => {
  let deep: unknown = "end";
  for (let level = 0; level < 500; level += 1) deep = { a: deep };
  expect(JSON.stringify(hideValues(deep))).not.toContain("end");
});
