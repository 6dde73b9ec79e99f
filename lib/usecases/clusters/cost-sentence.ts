import type { CostEstimate, Range } from "../../domain/fleet/prices.ts";

const amount = ({ min, max }: Range): string =>
  Math.round(min) === Math.round(max)
    ? String(Math.round(min))
    : `${String(Math.round(min))} to ${String(Math.round(max))}`;

/** "412 to 530 EUR a month, 190 to 250 EUR until it expires"; null when a price is missing: unknown is never 0. */
export function costSentence(cost: CostEstimate): string | null {
  if (!cost.known) return null;
  const month = `${amount(cost.month)} ${cost.currency} a month`;
  const all =
    cost.untilExpiry === null
      ? month
      : `${month}, ${amount(cost.untilExpiry)} ${cost.currency} until it expires`;
  return `${all} (prices of ${cost.asOf})`;
}
