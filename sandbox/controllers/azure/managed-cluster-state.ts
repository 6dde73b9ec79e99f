import type { Durations } from "../../contracts.ts";
import { numberAt, textAt } from "../capi/read.ts";
import { compareVersions, numbersOf } from "../capi/versions.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { reconciling, refused } from "./aso-condition.ts";
import type { AsoReady } from "./aso-condition.ts";
import { upgradeNotAllowed } from "./azure-error.ts";

/** What Azure does with a managed cluster or pool at a moment. */
export interface AzureStep {
  ready: AsoReady;
  /** Undefined before Azure has heard of it. */
  provisioningState: "Creating" | "Updating" | "Upgrading" | "Scaling" | "Succeeded" | "Failed" | undefined;
  /** The version Azure runs, without a leading v. */
  version: string | undefined;
  /** When to look again. */
  requeueAfterMs?: number;
}

/** How long an operation has run, by its name; the same name again is the same operation. */
export type Elapsed = (operation: string) => number;

/** A change that touches no version and no count. */
const UPDATE_MS = 1_000;

/** What Azure does with a ManagedCluster now; AKS goes up one minor at a time. */
export function managedClusterStep(input: {
  object: Unstructured;
  ownerReady: boolean;
  stuck: boolean;
  durations: Durations;
  elapsed: Elapsed;
}): AzureStep {
  const { object, durations, elapsed } = input;
  const version = textAt(object, "status", "currentKubernetesVersion");
  const wanted = textAt(object, "spec", "kubernetesVersion") ?? version ?? DEFAULT_VERSION;
  const done: AzureStep = { ready: { status: "True" }, provisioningState: "Succeeded", version: wanted };
  if (version === undefined) {
    if (!input.ownerReady) return { ready: reconciling, provisioningState: undefined, version };
    return running("Creating", durations.controlPlaneMs, elapsed("create"), undefined, done);
  }
  if (version !== wanted) {
    const [major = 0, minor = 0] = numbersOf(wanted);
    const [oldMajor = 0, oldMinor = 0] = numbersOf(version);
    if (compareVersions(wanted, version) < 0 || major !== oldMajor || minor > oldMinor + 1)
      return { ready: refused(upgradeNotAllowed(version, wanted)), provisioningState: "Succeeded", version };
    const time = input.stuck ? 0 : elapsed(`upgrade ${wanted}`);
    return running("Upgrading", durations.upgradeMs, time, version, done);
  }
  return updating(object, elapsed, done, version);
}

/** An operation under way, or its outcome once its time is over. */
export function running(
  provisioningState: AzureStep["provisioningState"],
  durationMs: number,
  elapsedMs: number,
  version: string | undefined,
  done: AzureStep,
): AzureStep {
  if (elapsedMs >= durationMs) return done;
  return { ready: reconciling, provisioningState, version, requeueAfterMs: durationMs - elapsedMs + 5 };
}

/** A short update when the spec is newer than what was last reported on. */
export function updating(
  object: Unstructured,
  elapsed: Elapsed,
  done: AzureStep,
  version: string,
): AzureStep {
  const generation = object.metadata.generation ?? 0;
  const conditions: unknown = (object.status as { conditions?: unknown[] } | undefined)?.conditions?.[0];
  const settled =
    textAt(conditions, "status") === "True" && numberAt(conditions, "observedGeneration") === generation;
  if (settled) return done;
  return running("Updating", UPDATE_MS, elapsed(`update ${String(generation)}`), version, done);
}

const DEFAULT_VERSION = "1.34.5";
