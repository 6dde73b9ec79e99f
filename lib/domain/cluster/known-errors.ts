/** Errors whose text says little to a person, with the title he gets and what he can do. */
interface KnownError {
  key: string;
  pattern: RegExp;
  title: (groups: Record<string, string>) => string;
  advice: string | null;
  /** The reporter's numbers in a few words, where its own text is long. */
  tell?: (message: string) => string | null;
}

const known: readonly KnownError[] = [
  {
    key: "azure-quota",
    pattern: /QuotaExceeded|exceeding approved .*quota|quota (?:for|of)? ?(?<size>Standard_\w+)?/i,
    title: ({ size }) => (size ? `Azure quota for ${size} used up` : "Azure quota used up"),
    advice: "Ask for more or pick another size.",
    tell: tellQuota,
  },
  {
    key: "azure-size",
    pattern: /(?:SkuNotAvailable|VMSizeNotSupported|AvailabilityZoneNotSupported)/,
    title: () => "Azure does not offer this size here",
    advice: "Pick another size or region.",
  },
  {
    key: "azure-version",
    pattern: /(?:K8sVersionNotSupported|AgentPoolUpgradeVersionNotAllowed|OperationNotAllowed.*version)/,
    title: () => "AKS refuses the Kubernetes version",
    advice: null,
  },
  {
    key: "azure-auth",
    pattern: /(?:AuthorizationFailed|AADSTS\d+|does not have authorization to perform action)/,
    title: () => "Azure refuses the fleet’s identity",
    advice: null,
  },
  {
    key: "unreachable",
    pattern: /Remote connection probe failed/,
    title: () => "API server does not answer",
    advice: null,
    tell: () => "its objects show what was last known",
  },
  {
    key: "git-auth",
    pattern: /authentication required|AuthenticationFailed|could not read Username|invalid credentials/i,
    title: () => "The Git server refuses Flux’s credentials",
    advice: null,
  },
  {
    key: "git-unreachable",
    pattern: /failed to (?:checkout and determine revision|list remotes|clone)/i,
    title: () => "Flux cannot read the repository",
    advice: null,
  },
  {
    key: "image",
    pattern:
      /(?:ImagePullBackOff|ErrImagePull|manifest unknown|pull access denied)(?:.*?image "?(?<image>[^"\s]+)"?)?/,
    title: ({ image }) => (image ? `Image ${image} cannot be pulled` : "An image cannot be pulled"),
    advice: null,
  },
  {
    key: "kubeconfig",
    pattern: /unable to read KubeConfig secret/,
    title: () => "The cluster’s kubeconfig does not exist yet",
    advice: null,
  },
  {
    key: "path",
    pattern: /kustomization path not found/,
    title: () => "The directory is missing in Git",
    advice: null,
  },
  {
    key: "variable",
    pattern: /variable not set \(strict mode\): "?(?<name>\w+)"?/,
    title: ({ name }) => `Variable ${name ?? ""} is not set`,
    advice: null,
  },
  {
    key: "schema",
    pattern: /field not declared in schema/,
    title: () => "A manifest has a field the API does not know",
    advice: null,
  },
];

/** Azure's refusal names family, place and numbers between boilerplate and a link. */
function tellQuota(message: string): string | null {
  const family = /approved (?<family>\w+) Cores quota/.exec(message)?.groups?.["family"];
  const place = /Location: (?<place>\w+)/.exec(message)?.groups?.["place"];
  const limit = /Current Limit: (?<limit>\d+)/.exec(message)?.groups?.["limit"];
  const usage = /Current Usage: (?<usage>\d+)/.exec(message)?.groups?.["usage"];
  const more = /Additional Required: (?<more>\d+)/.exec(message)?.groups?.["more"];
  if (!family || !place || !limit || !usage || !more) return null;
  return `needs ${more} more cores of ${family} in ${place}, where ${usage} of ${limit} are used`;
}

export interface Recognised {
  key: string;
  title: string;
  advice: string | null;
  told: string | null;
}

/** The known error a message shows, or null. */
export function recogniseError(message: string | null | undefined): Recognised | null {
  if (!message) return null;
  for (const { key, pattern, title, advice, tell } of known) {
    const found = pattern.exec(message);
    if (found) return { key, title: title(found.groups ?? {}), advice, told: tell?.(message) ?? null };
  }
  return null;
}
