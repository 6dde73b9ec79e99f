const hops = 3;

/**
 * A fetch that goes along when a repository was renamed or transferred (forge-reference §1): reads on any redirect,
 * writes, sent again as they are, on 307 and 308 only. fetch by itself would turn a POST answered with 301 into a
 * GET and take a list for what was made; and nothing that carries a token goes to another host. What is not followed
 * is returned as it is.
 */
export async function sendFollowing(input: string | URL | Request, init: RequestInit): Promise<Response> {
  if (input instanceof Request) return fetch(input, init);
  let url = new URL(input);
  for (let hop = 0; ; hop += 1) {
    const answer = await fetch(url, { ...init, redirect: "manual" });
    const next = hop < hops ? nextOf(answer, url, init.method ?? "GET") : null;
    if (next === null) return answer;
    await answer.body?.cancel();
    url = next;
  }
}

function nextOf({ status, headers }: Response, from: URL, method: string): URL | null {
  const location = headers.get("location");
  const followed = method === "GET" || method === "HEAD" ? [301, 302, 307, 308] : [307, 308];
  if (location === null || !followed.includes(status) || !URL.canParse(location, from.href)) return null;
  const to = new URL(location, from.href);
  return to.origin === from.origin ? to : null;
}
