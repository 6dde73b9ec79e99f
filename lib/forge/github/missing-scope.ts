/** Each scope we ask for in the mode of an OAuth app (decisions §1), with the wider ones that hold it. */
const holders: Record<string, readonly string[]> = {
  repo: ["repo"],
  "read:org": ["read:org", "write:org", "admin:org"],
};

const scopesIn = (header: string): string[] => header.split(",").flatMap((scope) => scope.trim() || []);

/**
 * The scope a token lacks for what was refused with 403 or 404; null where it is something else that lacks. A token
 * says its scopes in `X-OAuth-Scopes`, unless it has permissions instead (an App's and its users', fine-grained ones).
 * `X-Accepted-OAuth-Scopes` is empty for most calls of a repository, as recorded: of a private one none is seen
 * without `repo`.
 */
export function missingScope(status: number, headers: Pick<Headers, "get">, url: string): string | null {
  const granted = headers.get("x-oauth-scopes");
  if (status !== 403 && status !== 404) return null;
  if (granted === null || headers.get("x-accepted-github-permissions") !== null) return null;
  const given = scopesIn(granted);
  const accepted = scopesIn(headers.get("x-accepted-oauth-scopes") ?? "");
  const holds = (scope: string): boolean =>
    given.some((one) => one === scope || holders[scope]?.includes(one));
  if (accepted.length > 0) {
    if (accepted.some(holds)) return null;
    return Object.keys(holders).find((scope) => accepted.includes(scope)) ?? accepted[0] ?? null;
  }
  // Of a token that says nothing at all we do not know that it is an OAuth app's.
  const ofRepository = /\/repos(itories)?\//.test(url);
  return ofRepository && given.length > 0 && !holds("repo") ? "repo" : null;
}
