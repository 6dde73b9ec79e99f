import { azureServiceOperatorCrds } from "./azure-service-operator.ts";
import { clusterApiCrds } from "./cluster-api.ts";
import { fluxCrds } from "./flux.ts";
import { infrastructureCrds } from "./infrastructure.ts";
import { kubeadmCrds } from "./kubeadm.ts";

/**
 * The CustomResourceDefinitions of a management cluster, or of Flux alone (what gotk-components carries), ready
 * to apply. Copies: callers may change them.
 */
export function loadCrds(set: "management" | "flux"): object[] {
  const all =
    set === "flux"
      ? fluxCrds
      : [...clusterApiCrds, ...kubeadmCrds, ...infrastructureCrds, ...azureServiceOperatorCrds, ...fluxCrds];
  return structuredClone(all);
}
