/** Kinds that fetch something for others to read, in Flux's words. */
const sources = new Set([
  "GitRepository",
  "OCIRepository",
  "Bucket",
  "HelmRepository",
  "HelmChart",
  "ExternalArtifact",
]);

/** Does it fetch for others? Such an object is reconciled before what reads from it. */
export const isFluxSource = (kind: string): boolean => sources.has(kind);

const withoutReconcile = new Set(["Alert", "Provider", "ExternalArtifact"]);

/** Does its controller act on `reconcile.fluxcd.io/requestedAt`? (gitops-reference §6) */
export const canBeReconciled = (kind: string): boolean => !withoutReconcile.has(kind);
