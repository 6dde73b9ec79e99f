/** Median, 95th percentile and maximum, rounded to a tenth. */
export interface Spread {
  p50: number;
  p95: number;
  max: number;
  samples: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => {
    const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
    return Math.round(value * 10) / 10;
  };
  return { p50: at(0.5), p95: at(0.95), max: at(1), samples: sorted.length };
}
