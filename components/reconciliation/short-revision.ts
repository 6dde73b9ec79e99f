/** Flux writes `main@sha1:…`; the first seven of the hash tell it apart, a tag or version stays whole. */
export function shortRevision(revision: string | null): string {
  const hash = /(?:^|[:@/])([0-9a-f]{7})[0-9a-f]{0,57}$/.exec(revision ?? "")?.[1];
  return hash ?? revision ?? "";
}
