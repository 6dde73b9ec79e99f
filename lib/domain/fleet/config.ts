import { z } from "zod";
import { fleetConfigFile } from "../repository/layout.ts";
import { parseDocumentWith } from "../repository/parse-document.ts";
import type { Problem } from "../repository/problem.ts";

const names = z.array(z.string().min(1)).default([]);
const instant = z.iso.datetime({ offset: true });
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "expected a date like 2026-11-01");
const version = z.string().regex(/^v\d+\.\d+\.\d+$/, "expected a Kubernetes version like v1.34.5");
const count = z.int().nonnegative();

type Shape = z.ZodRawShape;
type ObjectOf = <T extends Shape>(shape: T) => z.ZodObject<T>;

/** The schema of fleet.yaml (decisions §2), built once with strict objects and once with loose ones. */
function schemaWith(object: ObjectOf) {
  const limit = object({ clusters: count.optional(), maxDays: z.int().positive().optional() });
  const region = object({
    versions: z.array(version).default([]),
    sizes: names,
    asOf: day.optional(),
    source: z.string().optional(),
  });
  const freeze = object({
    name: z.string().min(1),
    from: instant,
    to: instant,
    environments: z.array(z.string()).optional(),
  });
  const roleTeams = object({ viewer: names, requester: names, approver: names, "platform-engineer": names });
  const noRoles = { viewer: [], requester: [], approver: [], "platform-engineer": [] };
  return object({
    version: z.literal(1, "expected 1, the only version of this file there is"),
    access: object({
      roles: roleTeams.default(noRoles),
      teams: z.record(z.string(), z.string().min(1)).default({}),
    }),
    approvals: z.record(z.string(), z.int().min(1, "at least 1 approval is needed")).default({}),
    limits: z.record(z.string(), limit).default({}),
    networkDomains: z.record(z.string(), object({ regions: names })).default({}),
    regions: z.record(z.string(), region).default({}),
    environments: z.array(z.string().min(1)).min(1).default(["development", "staging", "production"]),
    freezes: z.array(freeze).default([]),
    strategies: z.record(z.string(), z.unknown()).default({}),
  });
}

const strict = schemaWith((shape) => z.strictObject(shape));
const loose = schemaWith((shape) => z.object(shape));

/** fleet.yaml: who may do what, limits, what each region offers (decisions §2). */
export type FleetConfig = z.infer<typeof loose>;

/**
 * Parses fleet.yaml. Unknown keys are warnings; anything else wrong makes `config` null.
 */
export function parseFleetConfig(text: string): { config: FleetConfig | null; problems: Problem[] } {
  const { value, problems } = parseDocumentWith(fleetConfigFile, text, { strict, loose });
  return { config: value, problems };
}

/** What is assumed until the repository has a usable fleet.yaml: nobody may do anything, nothing is offered. */
export const emptyFleetConfig: FleetConfig = loose.parse({ version: 1, access: {} });

/** Approvals a change to clusters of this environment needs; `default` where the environment is not named. */
export function approvalsFor(config: FleetConfig, environment: string | null): number {
  const own = environment === null ? undefined : config.approvals[environment];
  return own ?? config.approvals["default"] ?? 1;
}

/** Limits of a team, its own values over the default ones; null = no limit. */
export function limitsFor(
  config: FleetConfig,
  team: string,
): { clusters: number | null; maxDays: number | null } {
  const own = config.limits[team];
  const fallback = config.limits["default"];
  return {
    clusters: own?.clusters ?? fallback?.clusters ?? null,
    maxDays: own?.maxDays ?? fallback?.maxDays ?? null,
  };
}

/** Network domain of a region: ranges are compared within one (decisions §9); null = the region stands alone. */
export function networkDomainOf(config: FleetConfig, region: string | null): string | null {
  if (region === null) return null;
  for (const [name, domain] of Object.entries(config.networkDomains)) {
    if (domain.regions.includes(region)) return name;
  }
  return null;
}
