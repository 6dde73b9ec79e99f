import { describe, expect, it } from "vitest";
import { parseStoredConditions, readConditions } from "./conditions.ts";

const ready = {
  type: "Ready",
  status: "True",
  reason: "Ready",
  message: "",
  lastTransitionTime: "2026-11-24T10:00:00Z",
};

describe("conditions", () => {
  it("are read from Kubernetes, whatever they lack", () => {
    expect(readConditions([ready, { status: "True" }, { type: "Odd", status: "Maybe" }])).toEqual([
      {
        ...{ type: "Ready", status: "True", reason: "Ready", message: "", severity: null },
        since: "2026-11-24T10:00:00Z",
      },
      { type: "Odd", status: "Unknown", reason: null, message: null, severity: null, since: null },
    ]);
    expect(readConditions("nonsense")).toEqual([]);
  });

  it("come back from the inventory as they were stored, with their time", () => {
    const read = readConditions([ready]);
    expect(parseStoredConditions(JSON.parse(JSON.stringify(read)))).toEqual(read);
    expect(parseStoredConditions(null)).toEqual([]);
  });
});
