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

/** Kinds that deploy/rbac lets the portal set the annotation on; the rest have no controller that acts on it, or no need. */
const onDemand = new Set([
  ...[
    "Kustomization",
    "HelmRelease",
    "GitRepository",
    "OCIRepository",
    "HelmRepository",
    "HelmChart",
    "Bucket",
  ],
  ...["ImageRepository", "ImagePolicy", "ImageUpdateAutomation"],
]);

/** May the portal ask for `reconcile.fluxcd.io/requestedAt` on it? (gitops-reference §6) */
export const canBeReconciled = (kind: string): boolean => onDemand.has(kind);
