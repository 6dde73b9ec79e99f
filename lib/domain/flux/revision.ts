/**
 * The Git commit a Flux revision names: `main@sha1:<40>`, `v1@sha1:<40>`, `sha1:<40>`, also with sha256
 * object names. Null for OCI and chart revisions, which name no commit (gitops-reference §5.2).
 */
export function shaOfRevision(revision: string | null | undefined): string | null {
  const found = /(?:^|@)sha1:([0-9a-f]{40})$/.exec(revision ?? "");
  return found?.[1] ?? null;
}
