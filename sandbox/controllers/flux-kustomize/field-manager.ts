/** Under this name Flux owns what it applies. */
export const FIELD_MANAGER = "kustomize-controller";

/** Group of Flux's labels and annotations on applied objects. */
export const KUSTOMIZE_GROUP = "kustomize.toolkit.fluxcd.io";
