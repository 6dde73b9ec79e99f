/** An error as Azure Resource Manager words it; `code` becomes the reason of ASO's Ready condition. */
export interface AzureError {
  code: string;
  message: string;
}

/** The family a VM size's cores are counted in and how many cores it has: `Standard_D4s_v5` → standardDSv5Family, 4. */
export function coresOf(vmSize: string): { family: string; cores: number } {
  const parts = /^Standard_([A-Z]+)(\d+)([a-z]*)(?:_(v\d+))?$/.exec(vmSize);
  if (parts === null) return { family: "standardDSv5Family", cores: 4 };
  const [, series = "D", cores = "4", suffix = "", version = ""] = parts;
  return { family: `standard${series}${suffix.toUpperCase()}${version}Family`, cores: Number(cores) };
}

/** Quota refusal of a pool, word for word but for the numbers. */
export function quotaExceeded(pool: { vmSize: string; count: number; location: string }): AzureError {
  const { family, cores } = coresOf(pool.vmSize);
  const required = cores * Math.max(1, pool.count);
  const limit = 100;
  const usage = limit - Math.min(limit, Math.max(0, required - cores));
  const details = [
    "Deployment Model: Resource Manager",
    `Location: ${pool.location}`,
    `Current Limit: ${String(limit)}`,
    `Current Usage: ${String(usage)}`,
    `Additional Required: ${String(required)}`,
    `(Minimum) New Limit Required: ${String(usage + required)}`,
  ].join(", ");
  return {
    code: "QuotaExceeded",
    message:
      `Operation could not be completed as it results in exceeding approved ${family} Cores quota. ` +
      `Additional details - ${details}. Submit a request for Quota increase by specifying parameters listed in ` +
      `the 'Details' section for deployment to succeed. Please read more about quota limits at ` +
      `https://docs.microsoft.com/en-us/azure/azure-supportability/per-vm-quota-requests`,
  };
}

/** A pool may not run ahead of its control plane. */
export function poolAheadOfControlPlane(pool: string, controlPlane: string): AzureError {
  return {
    code: "AgentPoolUpgradeVersionNotAllowed",
    message:
      `Node pool version ${pool} and control plane version ${controlPlane} are incompatible. Node pool version is ` +
      `bigger than control plane version. For more information, please check https://aka.ms/aks/UpgradeVersionRules`,
  };
}

/** A control plane goes up by one minor at a time and never down. */
export function upgradeNotAllowed(from: string, to: string): AzureError {
  return {
    code: "OperationNotAllowed",
    message:
      `Upgrading Kubernetes version ${from} to ${to} is not allowed. Please see ` +
      `https://aka.ms/aks-supported-k8s-ver for version details.`,
  };
}
