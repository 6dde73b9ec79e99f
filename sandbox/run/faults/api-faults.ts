import type { ApiFault } from "../../contracts.ts";
import { FAULT_ANNOTATION } from "../../controllers/faults.ts";
import { needed, numberOr, type FaultCommand, type FaultPlan } from "./fault-command.ts";
import type { FaultStep } from "./fault-step.ts";

const kinds = "refused | black-hole | slow [ms] | error [status] [path] | cut | compact";

/** What API servers do instead of answering: one workload cluster's, or the management cluster's. */
export const apiFaults: readonly FaultCommand[] = [
  {
    name: "api",
    usage: `<cluster> ${kinds}`,
    summary: "the cluster's own API server resets, swallows, delays or refuses requests",
    plan: ([name, kind, ...rest]) => {
      const cluster = needed(name, "cluster");
      if (kind === "refused") return refused(cluster);
      return planFor(`clusters/${cluster}/${cluster}`, needed(kind, `kind of fault: ${kinds}`), rest);
    },
  },
  {
    name: "management",
    usage: kinds,
    summary: "the same of the management cluster's API server; `cut` and `compact` happen once",
    plan: ([kind, ...rest]) => planFor("management", needed(kind, `kind of fault: ${kinds}`), rest),
  },
];

/** By annotation: the providers would take a reset they did not ask for back when they start again. */
function refused(cluster: string): FaultPlan {
  const step = { do: "annotate", cluster, annotation: FAULT_ANNOTATION, word: "api-unreachable" } as const;
  return { on: [{ ...step, on: true }], undo: [{ ...step, on: false }] };
}

function planFor(target: string, kind: string, rest: readonly string[]): FaultPlan {
  if (kind === "cut" || kind === "compact") {
    return { on: [{ do: "api", method: "POST", target, what: kind, body: {} }], undo: [] };
  }
  const put = (fault: ApiFault): FaultStep => ({
    do: "api",
    method: "PUT",
    target,
    what: "fault",
    body: { ...fault },
  });
  return { on: [put(faultOf(kind, rest))], undo: [put({ kind: "none" })] };
}

function faultOf(kind: string, [first, path]: readonly string[]): ApiFault {
  switch (kind) {
    case "refused":
      return { kind: "reset" };
    case "black-hole":
      return { kind: "black-hole" };
    case "slow":
      return { kind: "slow", delayMs: numberOr(first, 5_000) };
    case "error":
      return { kind: "error", status: numberOr(first, 503), ...(path === undefined ? {} : { path }) };
    default:
      throw new Error(`${kind} is none of ${kinds}`);
  }
}
