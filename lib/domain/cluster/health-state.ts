export const healths = [
  "Unknown",
  "Failed",
  "Stuck",
  "Unreachable",
  "Degraded",
  "Late",
  "Progressing",
  "Healthy",
] as const;
export type Health = (typeof healths)[number];

export interface HealthState {
  health: Health;
  reason: string | null;
  message: string | null;
  /** Since when, where the reporter says. */
  since: string | null;
}
