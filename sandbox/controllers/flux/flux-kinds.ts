import { kindOf } from "../runtime/kind.ts";

/** The kinds of Flux that the sandbox's controllers read and write. */
export const fluxKinds = {
  gitRepository: kindOf("source.toolkit.fluxcd.io/v1", "GitRepository", "gitrepositories"),
  kustomization: kindOf("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "kustomizations"),
  receiver: kindOf("notification.toolkit.fluxcd.io/v1", "Receiver", "receivers"),
} as const;

/** Finalizer of all Flux objects. */
export const FLUX_FINALIZER = "finalizers.fluxcd.io";

/** Asks a Flux object to be reconciled; its value is opaque and comes back in `lastHandledReconcileAt`. */
export const REQUESTED_AT = "reconcile.fluxcd.io/requestedAt";
