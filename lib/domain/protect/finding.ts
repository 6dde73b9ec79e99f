/** What can go wrong for a guarded object (docs/reference/protect.md says it for each). */
export type ProtectRule =
  | "removed"
  | "renamed"
  | "moved"
  | "doubled"
  | "emptied"
  | "protection-lost"
  | "unprotected"
  | "force"
  | "rewired"
  | "source-changed"
  | "retargeted"
  | "paused"
  | "unjudged";

/** One thing merging would do, in one sentence. */
export interface Finding {
  rule: ProtectRule;
  /** The cluster it would happen to; null where it is none or several. */
  cluster: string | null;
  /** The object it is about, `Kind/namespace/name`. */
  object: string;
  sentence: string;
  /** `warn` is worth a look and no reason to refuse. */
  severity: "fail" | "warn";
}
