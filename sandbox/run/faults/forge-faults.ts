import { needed, numberOr, type FaultCommand, type FaultPlan } from "./fault-command.ts";
import type { FaultStep } from "./fault-step.ts";

const presets = ["primary-limit", "secondary-limit", "saml", "not-accessible", "unicorn", "proxy-page"];
const deliveries = ["lose", "double", "late", "hold"];
const forgeKinds = `<status> | slow [ms] | cut | lost-answer | ${presets.join(" | ")}`;

/** Undone by taking all back: those of requests and of deliveries are one list to the forge. */
const clear: FaultStep = { do: "forge", method: "DELETE", path: "faults", body: null };

/** What the forge does to Git, to the portal's calls and to its own webhooks. */
export const forgeFaults: readonly FaultCommand[] = [
  {
    name: "git-down",
    usage: "",
    summary: "nobody can fetch: Flux's source and the portal's own copy",
    plan: () => {
      const fault = { path: "\\.git/", cut: "request", times: "always" };
      const look = {
        do: "reconcile",
        cluster: null,
        kind: "GitRepository",
        namespace: "flux-system",
        name: "flux-system",
      } as const;
      return { on: [post("faults", fault), look], undo: [clear, look] };
    },
  },
  {
    name: "forge",
    usage: `${forgeKinds} [who]`,
    summary: "the portal's calls fail; `who` narrows it to one login, e.g. lena.k or fleetwright[bot]",
    plan: ([kind, ...rest]) => requestFault(needed(kind, `kind of fault: ${forgeKinds}`), rest),
  },
  {
    name: "webhooks",
    usage: `${deliveries.join(" | ")} | release [reversed]`,
    summary: "deliveries are lost, doubled, 20 s late, or held until released, out of order if you like",
    plan: ([kind, order]) => deliveryFault(needed(kind, `of ${deliveries.join(", ")}, release`), order),
  },
  {
    name: "mergeable-late",
    usage: "",
    summary: "`mergeable` stays null, as while GitHub computes it",
    plan: () => ({
      on: [{ do: "forge", method: "PUT", path: "mergeability", body: { held: true } }],
      undo: [{ do: "forge", method: "PUT", path: "mergeability", body: { held: false } }],
    }),
  },
  {
    name: "expire-tokens",
    usage: "[login]",
    summary: "ends access tokens now, all or a person's; refresh tokens live on",
    plan: ([login]) => ({ on: [post("expire-tokens", login === undefined ? {} : { login })], undo: [] }),
  },
];

function post(path: string, body: Record<string, unknown>): FaultStep {
  return { do: "forge", method: "POST", path, body };
}

function requestFault(kind: string, rest: readonly string[]): FaultPlan {
  const [who] = kind === "slow" && /^\d+$/.test(rest[0] ?? "") ? rest.slice(1) : rest;
  const where = { path: "/api/v3/", times: "always", ...(who === undefined ? {} : { login: who }) };
  return { on: [post("faults", { ...where, ...effectOf(kind, rest[0]) })], undo: [clear] };
}

function effectOf(kind: string, first: string | undefined): Record<string, unknown> {
  if (/^[45]\d\d$/.test(kind)) return { status: Number(kind) };
  if (kind === "slow") return { delayMs: numberOr(/^\d+$/.test(first ?? "") ? first : undefined, 8_000) };
  if (kind === "cut") return { cut: "request" };
  if (kind === "lost-answer") return { cut: "answer" };
  if (presets.includes(kind)) return { preset: kind, retryAfter: 60 };
  throw new Error(`${kind} is none of ${forgeKinds}`);
}

function deliveryFault(kind: string, order: string | undefined): FaultPlan {
  if (kind === "release") {
    return { on: [post("held-deliveries/release", order === undefined ? {} : { order })], undo: [] };
  }
  if (!deliveries.includes(kind)) throw new Error(`${kind} is none of ${deliveries.join(", ")}, release`);
  const on = [post("delivery-faults", { fault: kind, times: "always", delayMs: 20_000 })];
  return { on, undo: [clear, ...(kind === "hold" ? [post("held-deliveries/release", {})] : [])] };
}
