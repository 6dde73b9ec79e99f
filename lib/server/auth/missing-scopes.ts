/** What an OAuth app must be granted (decisions §1), each with the wider scopes that hold it. */
const wanted: Record<string, readonly string[]> = {
  repo: ["repo"],
  "read:org": ["read:org", "write:org", "admin:org"],
};

/** Scopes to ask for. A GitHub App has permissions instead and is granted no scope. */
export const scopesFor = (appId: number | undefined): string =>
  appId === undefined ? Object.keys(wanted).join(" ") : "";

/** Which of the scopes we asked for were not granted; `granted` is the forge's own list, by commas or blanks. */
export function missingScopes(granted: string | undefined, appId: number | undefined): string[] {
  if (appId !== undefined) return [];
  const given = new Set((granted ?? "").split(/[\s,]+/));
  return Object.keys(wanted).filter((scope) => !wanted[scope]?.some((one) => given.has(one)));
}
