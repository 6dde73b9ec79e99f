import { missingFile, sayMissing } from "./known-errors-build.ts";
import { tellGitFetch } from "./known-errors-git.ts";

/** Errors whose text says little to a person, with the title he gets and what he can do. */
interface KnownError {
  key: string;
  pattern: RegExp;
  title: (groups: Record<string, string>, message: string) => string;
  advice: string | null;
  /** The reporter's numbers in a few words, where its own text is long. */
  tell?: (message: string) => string | null;
  /** What two of them must share to be one cause, whoever reports it; null where the text does not tell. */
  scope?: (message: string) => string | null;
}

const known: readonly KnownError[] = [
  {
    key: "azure-quota",
    pattern: /QuotaExceeded|exceeding approved .*quota|quota (?:for|of)? ?(?<size>Standard_\w+)?/i,
    title: ({ size }) => (size ? `Azure quota for ${size} used up` : "Azure quota used up"),
    advice: "Ask for more or pick another size.",
    tell: tellQuota,
    scope: scopeOfQuota,
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
    tell: tellGitFetch,
    scope: tellGitFetch,
  },
  {
    key: "git-unreachable",
    pattern: /failed to (?:checkout and determine revision|list remotes|clone)/i,
    title: () => "Git repository cannot be fetched",
    advice: "What was fetched last stays applied.",
    tell: tellGitFetch,
    scope: tellGitFetch,
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
    tell: tellPath,
  },
  {
    key: "missing-file",
    pattern: /kustomize build failed: [^]*no such file or directory/,
    title: (_groups, message) => {
      const missing = missingFile(message);
      return missing ? sayMissing(missing) : "A file kustomize is to read is not there";
    },
    advice: null,
    tell: (message) => {
      const path = missingFile(message)?.path;
      return path ? `kustomize finds no ${path}, so what was applied before stays` : null;
    },
    scope: (message) => missingFile(message)?.path ?? null,
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

/** Quotas are per family of sizes and region. */
function quotaOf(message: string) {
  const family = /approved (?<family>\w+) Cores quota/.exec(message)?.groups?.["family"];
  const place = /Location: (?<place>\w+)/.exec(message)?.groups?.["place"];
  return { family, place };
}

function scopeOfQuota(message: string): string | null {
  const { family, place } = quotaOf(message);
  return family && place ? `${place}/${family}` : null;
}

/** Azure's refusal names family, place and numbers between boilerplate and a link. */
function tellQuota(message: string): string | null {
  const { family, place } = quotaOf(message);
  const limit = /Current Limit: (?<limit>\d+)/.exec(message)?.groups?.["limit"];
  const usage = /Current Usage: (?<usage>\d+)/.exec(message)?.groups?.["usage"];
  const more = /Additional Required: (?<more>\d+)/.exec(message)?.groups?.["more"];
  if (!family || !place || !limit || !usage || !more) return null;
  return `needs ${more} more cores of ${family} in ${place}, where ${usage} of ${limit} are used`;
}

/** `stat /tmp/…/clusters/a: no such file or directory` is about `clusters/a`. */
function tellPath(message: string): string | null {
  const path = /stat \S*?\/kustomization-\d+\/(?<path>[^\s:]+)/.exec(message)?.groups?.["path"];
  return path ? `no ${path} in what was fetched` : null;
}

export interface Recognised {
  key: string;
  /** What of the message belongs to the cause: errors of one key and scope are one, whoever reports them. */
  scope: string | null;
  title: string;
  advice: string | null;
  told: string | null;
}

/** The known error a message shows, or null. */
export function recogniseError(message: string | null | undefined): Recognised | null {
  if (!message) return null;
  for (const { key, pattern, title, advice, tell, scope } of known) {
    const found = pattern.exec(message);
    if (!found) continue;
    return {
      key,
      title: title(found.groups ?? {}, message),
      advice,
      told: tell?.(message) ?? null,
      scope: scope?.(message) ?? null,
    };
  }
  return null;
}
