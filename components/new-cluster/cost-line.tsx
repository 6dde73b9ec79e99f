"use client";

import type { CostEstimate } from "@/lib/domain/fleet/prices";
import { CalendarTime } from "@/components/ui/relative-time";

/** What it would cost, from the fewest to the most nodes; unknown is said, never 0. */
export function CostLine({ cost, handBack }: { cost: CostEstimate | null; handBack: string | null }) {
  if (cost === null) return null;
  if (!cost.known) {
    return (
      <span className="text-text-3" title={cost.reason}>
        cost unknown
      </span>
    );
  }
  const sign = signOf(cost.currency);
  return (
    <span className="text-text-2" title={`Prices as of ${cost.asOf}, fewest to most nodes`}>
      ≈ <b className="font-semibold text-text">{range(cost.month, sign)}</b> a month
      {cost.untilExpiry && handBack !== null && (
        <>
          , <b className="font-semibold text-text">{range(cost.untilExpiry, sign)}</b> until{" "}
          <CalendarTime at={handBack} />
        </>
      )}
    </span>
  );
}

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

function range({ min, max }: { min: number; max: number }, sign: string): string {
  const [from, to] = [whole.format(min), whole.format(max)];
  return from === to ? `${from} ${sign}` : `${from}–${to} ${sign}`;
}

function signOf(currency: string): string {
  try {
    const parts = new Intl.NumberFormat("en-GB", { style: "currency", currency }).formatToParts(0);
    return parts.find(({ type }) => type === "currency")?.value ?? currency;
  } catch {
    return currency;
  }
}
