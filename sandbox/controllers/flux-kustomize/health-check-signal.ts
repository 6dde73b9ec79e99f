import { artifactSchema } from "../flux-source/git-repository.ts";
import type { ReconcileRun } from "./reconcile-run.ts";

/** Ends a health check early. */
export interface HealthCheckSignal {
  signal: AbortSignal;
  /** Stops looking for reasons. */
  stop: () => void;
}

/**
 * Aborts when the controller closes and, where that is switched on, when waiting has no point any more: the
 * Kustomization has a new generation (or is deleted), or its source a new revision.
 */
export function healthCheckSignal({ context, kustomization, artifact }: ReconcileRun): HealthCheckSignal {
  const abort = new AbortController();
  const close = (): void => {
    abort.abort(context.signal.reason);
  };
  context.signal.addEventListener("abort", close);
  const stops: (() => unknown)[] = [() => context.signal.removeEventListener("abort", close)];
  if (context.cancelsHealthChecks) {
    const { name, namespace, object, spec } = kustomization;
    const cancel = (): void => {
      abort.abort(new Error("health check canceled due to new reconciliation being triggered"));
    };
    stops.push(
      context.kustomizations.onChange(({ object: other }) => {
        const { metadata } = other;
        if (metadata.name !== name || metadata.namespace !== namespace) return;
        if ((metadata.generation ?? 0) > (object.metadata.generation ?? 0)) cancel();
      }),
      context.sources.onChange(({ object: source }) => {
        const { metadata } = source;
        const { sourceRef } = spec;
        if (metadata.name !== sourceRef.name || metadata.namespace !== (sourceRef.namespace ?? namespace))
          return;
        const now = artifactSchema.safeParse((source.status as { artifact?: unknown } | undefined)?.artifact);
        if (now.success && now.data.revision !== artifact.revision) cancel();
      }),
    );
  }
  return {
    signal: abort.signal,
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}
