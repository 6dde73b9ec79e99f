import { apply } from "./catalogue/apply.ts";
import { azureLimits } from "./catalogue/azure-limits.ts";
import { azureRights } from "./catalogue/azure-rights.ts";
import { git } from "./catalogue/git.ts";
import { helm } from "./catalogue/helm.ts";
import { kustomize } from "./catalogue/kustomize.ts";
import { machines } from "./catalogue/machines.ts";
import { network } from "./catalogue/network.ts";
import { workloads } from "./catalogue/workloads.ts";
import type { KnownError } from "./known-error.ts";

/** The catalogue by area, in the order in which it is tried: the first entry that matches is it. */
export const knownErrors: Readonly<Record<string, readonly KnownError[]>> = {
  "Azure: limits and offers": azureLimits,
  "Azure: rights": azureRights,
  "Machines and API servers": machines,
  "Git and registries": git,
  "Building a directory": kustomize,
  "Applying to a cluster": apply,
  Helm: helm,
  Workloads: workloads,
  Network: network,
};
