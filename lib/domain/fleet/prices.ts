import { z } from "zod";
import { pricesFile } from "../repository/layout.ts";
import { parseDocumentWith } from "../repository/parse-document.ts";
import type { Problem } from "../repository/problem.ts";

const price = z.number().nonnegative();

const shape = {
  currency: z.string().regex(/^[A-Z]{3}$/, "expected a currency code like EUR"),
  asOf: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "expected a date like 2026-11-01"),
  source: z.string().optional(),
  hoursPerMonth: z.number().positive().default(730),
  /** AKS tier → price of its control plane per hour. */
  controlPlane: z.record(z.string(), price).default({}),
  /** Region → machine size → price per hour. */
  regions: z.record(z.string(), z.record(z.string(), price)).default({}),
};
const strict = z.strictObject(shape);
const loose = z.object(shape);

/** prices.yaml: what an hour of each machine size costs, as of a date (decisions §2). */
export type Prices = z.infer<typeof loose>;

/** Parses prices.yaml; unknown keys are warnings. */
export function parsePrices(text: string): { prices: Prices | null; problems: Problem[] } {
  const { value, problems } = parseDocumentWith(pricesFile, text, { strict, loose });
  return { prices: value, problems };
}

/** What of a cluster costs money. */
export interface CostSpec {
  region: string | null;
  /** AKS tier of the control plane; null where the provider has none. */
  tier: string | null;
  pools: { size: string | null; min: number | null; max: number | null }[];
  expiresAt: string | null;
}

export interface Range {
  min: number;
  max: number;
}

export type CostEstimate =
  | { known: true; currency: string; asOf: string; month: Range; untilExpiry: Range | null }
  | { known: false; reason: string };

/**
 * Cost from the fewest to the most nodes, for a month and until the expiry. Without every price it is unknown,
 * never 0 (decisions §2).
 */
export function estimateCost(spec: CostSpec, prices: Prices | null, now: Date): CostEstimate {
  if (prices === null) return { known: false, reason: "prices.yaml is missing or cannot be read" };
  const hour = hourly(spec, prices);
  if (typeof hour === "string") return { known: false, reason: hour };
  const cents = (value: number): number => Math.round(value * 100) / 100;
  const over = (hours: number): Range => ({ min: cents(hour.min * hours), max: cents(hour.max * hours) });
  const end = spec.expiresAt === null ? Number.NaN : Date.parse(spec.expiresAt);
  const hoursLeft = (end - now.getTime()) / 3_600_000;
  return {
    known: true,
    currency: prices.currency,
    asOf: prices.asOf,
    month: over(prices.hoursPerMonth),
    untilExpiry: hoursLeft > 0 ? over(hoursLeft) : null,
  };
}

/** Price of one hour, or the sentence that says what is missing. */
function hourly(spec: CostSpec, prices: Prices): Range | string {
  if (spec.pools.length === 0) return "no node pool is known";
  const total: Range = { min: 0, max: 0 };
  if (spec.tier !== null && spec.tier !== "Free") {
    const controlPlane = prices.controlPlane[spec.tier];
    if (controlPlane === undefined) return `prices.yaml has no price for the control-plane tier ${spec.tier}`;
    total.min += controlPlane;
    total.max += controlPlane;
  }
  for (const pool of spec.pools) {
    if (pool.size === null) return "a node pool has no machine size with a price";
    const each = prices.regions[spec.region ?? ""]?.[pool.size];
    if (each === undefined)
      return `prices.yaml has no price for ${pool.size} in ${spec.region ?? "an unknown region"}`;
    const min = pool.min ?? pool.max;
    const max = pool.max ?? pool.min;
    if (min === null || max === null) return "the number of nodes is not known";
    total.min += each * min;
    total.max += each * max;
  }
  return total;
}
