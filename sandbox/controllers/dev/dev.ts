import type { Management } from "../capi/management.ts";
import type { Stopwatch } from "../capi/stopwatch.ts";
import type { WorkloadApi } from "../capi/workload-api.ts";

/** What the reconcilers of the dev provider share. */
export interface Dev {
  management: Management;
  workloads: WorkloadApi;
  stopwatch: Stopwatch;
}
