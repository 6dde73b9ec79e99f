/** Who decides how long a minor is supported for a cluster: Kubernetes itself, or the AKS that runs it. */
export type CalendarName = "upstream" | "aks";

export interface SupportCalendar {
  /** As people call it. */
  label: string;
  /** Page the dates were taken from. */
  source: string;
  /** Day the source had them, ISO 8601. */
  asOf: string;
  /** What the dates mean and what they leave out, in one sentence. */
  note: string;
  /** Minor → last day of support. */
  until: Readonly<Record<string, string>>;
}

/**
 * Last day of support of each minor. Data, not code: to renew it, copy the table of the source and its date. A minor
 * that is missing here is said to be missing; nothing is guessed.
 */
export const supportCalendars: Readonly<Record<CalendarName, SupportCalendar>> = {
  upstream: {
    label: "Kubernetes",
    source: "https://kubernetes.io/releases/",
    asOf: "2026-09-15",
    note: "End of life of the release series, after which the project makes no patch.",
    until: {
      "v1.28": "2024-10-22",
      "v1.29": "2025-02-28",
      "v1.30": "2025-07-15",
      "v1.31": "2025-11-11",
      "v1.32": "2026-02-28",
      "v1.33": "2026-06-28",
      "v1.34": "2026-10-27",
      "v1.35": "2027-02-28",
      "v1.36": "2027-06-28",
      "v1.37": "2027-10-28",
    },
  },
  // Where the table gives a month only, its last day counts, as the page itself says.
  aks: {
    label: "AKS",
    source: "https://learn.microsoft.com/azure/aks/supported-kubernetes-versions",
    asOf: "2026-08-05",
    note: "Community support. A cluster on the LTS plan has a year more, which the portal does not read.",
    until: {
      "v1.29": "2025-03-31",
      "v1.30": "2025-08-22",
      "v1.31": "2025-11-01",
      "v1.32": "2026-03-31",
      "v1.33": "2026-07-31",
      "v1.34": "2026-11-30",
      "v1.35": "2027-03-31",
      "v1.36": "2027-06-30",
      "v1.37": "2027-10-31",
    },
  },
};
