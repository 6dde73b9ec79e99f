import type { KubeObject } from "../kube-object.ts";
import type { Target } from "../verbs/target.ts";

/** A write that is about to happen. */
export interface AdmissionRequest {
  operation: "CREATE" | "UPDATE" | "DELETE";
  target: Target;
  object: KubeObject | undefined;
  oldObject: KubeObject | undefined;
  dryRun: boolean;
  warn: (text: string) => void;
}
