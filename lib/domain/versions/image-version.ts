/**
 * Name and tag of a container image: `ghcr.io/fluxcd/source-controller:v1.7.4@sha256:…` → source-controller, v1.7.4.
 * The version is null where the image has a digest only, or nothing (which is "latest" of an unknown day).
 */
export function imageVersion(image: string): { name: string; version: string | null } {
  const [reference = ""] = image.split("@");
  const last = reference.slice(reference.lastIndexOf("/") + 1);
  const colon = last.indexOf(":");
  if (colon === -1) return { name: last, version: null };
  return { name: last.slice(0, colon), version: last.slice(colon + 1) || null };
}
