/** Paths that other machines post to; their signature is what lets them in. */
const signed = /^\/api\/webhooks\//;

/**
 * May this request change something? Browsers send `Origin` with every POST, so one that is missing or another's is
 * refused: a page elsewhere must not act with our visitor's cookies (CSRF). Reads, and signed webhooks, pass.
 */
export function isSameOrigin(request: Request, portalUrl: string): boolean {
  if (["GET", "HEAD", "OPTIONS"].includes(request.method)) return true;
  if (signed.test(new URL(request.url).pathname)) return true;
  const origin = request.headers.get("origin");
  if (origin === null || !URL.canParse(origin)) return false;
  return origin === new URL(portalUrl).origin;
}
