import { looseAt } from "../loose-at.ts";

/** One line of what is particular to a kind: "URL", "Chart", "Latest image". */
export interface FluxDetail {
  label: string;
  value: string;
}

/** What people look for first in an object of each kind, by its place in spec or status (Flux's API reference). */
const places: Record<string, readonly [label: string, ...path: string[]][]> = {
  Kustomization: [
    ["Path", "spec", "path"],
    ["Target namespace", "spec", "targetNamespace"],
    ["Service account", "spec", "serviceAccountName"],
    ["Kubeconfig", "spec", "kubeConfig", "secretRef", "name"],
    ["Decryption", "spec", "decryption", "provider"],
  ],
  GitRepository: [
    ["URL", "spec", "url"],
    ["Branch", "spec", "ref", "branch"],
    ["Tag", "spec", "ref", "tag"],
    ["Semver", "spec", "ref", "semver"],
    ["Commit", "spec", "ref", "commit"],
  ],
  OCIRepository: [
    ["URL", "spec", "url"],
    ["Tag", "spec", "ref", "tag"],
    ["Semver", "spec", "ref", "semver"],
    ["Digest", "spec", "ref", "digest"],
  ],
  Bucket: [
    ["Endpoint", "spec", "endpoint"],
    ["Bucket", "spec", "bucketName"],
    ["Provider", "spec", "provider"],
  ],
  HelmRepository: [
    ["URL", "spec", "url"],
    ["Type", "spec", "type"],
  ],
  HelmChart: [
    ["Chart", "spec", "chart"],
    ["Wanted version", "spec", "version"],
  ],
  HelmRelease: [
    ["Chart", "spec", "chart", "spec", "chart"],
    ["Wanted version", "spec", "chart", "spec", "version"],
    ["Release", "spec", "releaseName"],
    ["Target namespace", "spec", "targetNamespace"],
  ],
  ExternalArtifact: [["Made by", "spec", "sourceRef", "name"]],
  ImageRepository: [
    ["Image", "spec", "image"],
    ["Provider", "spec", "provider"],
  ],
  ImagePolicy: [
    ["Image repository", "spec", "imageRepositoryRef", "name"],
    ["Semver", "spec", "policy", "semver", "range"],
    ["Latest image", "status", "latestRef", "name"],
    ["Latest tag", "status", "latestRef", "tag"],
  ],
  ImageUpdateAutomation: [
    ["Path", "spec", "update", "path"],
    ["Push branch", "spec", "git", "push", "branch"],
    ["Last pushed commit", "status", "lastPushCommit"],
  ],
  Receiver: [["Type", "spec", "type"]],
  Alert: [
    ["Provider", "spec", "providerRef", "name"],
    ["Severity", "spec", "eventSeverity"],
  ],
  Provider: [
    ["Type", "spec", "type"],
    ["Channel", "spec", "channel"],
  ],
  FluxInstance: [
    ["Distribution", "spec", "distribution", "version"],
    ["Registry", "spec", "distribution", "registry"],
  ],
};

/** Lines in the order of the table; what an object does not say is left out. Secrets are never among them. */
export function fluxDetails(kind: string, object: { spec?: unknown; status?: unknown }): FluxDetail[] {
  return (places[kind] ?? []).flatMap(([label, ...path]) => {
    const value = looseAt(object, path);
    return value === null ? [] : [{ label, value: withoutCredentials(value) }];
  });
}

/** An address may carry a password where somebody was careless: `https://user:secret@host`. */
function withoutCredentials(value: string): string {
  return value.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@\s]*:[^/@\s]*@/i, "$1");
}
