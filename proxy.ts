import { randomBytes } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { isLoopbackAlias, toOwnAddress } from "@/lib/server/loopback-alias";
import { isSameOrigin } from "@/lib/server/same-origin";
import { dataPolicy, pagePolicy } from "@/lib/server/security-headers";

/** Lets no other site's page act here, and gives every page a content security policy with a nonce of its own. */
export function proxy(request: NextRequest): Response {
  const { FLEETWRIGHT_URL, NODE_ENV: mode } = process.env;
  const portalUrl = FLEETWRIGHT_URL ?? request.nextUrl.origin;
  if (!isSameOrigin(request, portalUrl)) return refused(portalUrl);
  if (isPageRead(request) && isLoopbackAlias(request.headers.get("host"), portalUrl)) {
    const response = toOwnAddress(`${request.nextUrl.pathname}${request.nextUrl.search}`, portalUrl);
    response.headers.set("content-security-policy", dataPolicy);
    return response;
  }
  const headers = new Headers(request.headers);
  if (request.nextUrl.pathname.startsWith("/api/")) {
    const response = NextResponse.next({ request: { headers } });
    response.headers.set("content-security-policy", dataPolicy);
    return response;
  }
  const nonce = randomBytes(16).toString("base64");
  const policy = pagePolicy(nonce, { dev: mode !== "production" });
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

function refused(portalUrl: string): Response {
  const message = `This was sent by a page of another site, so nothing was done. Fleetwright is at ${new URL(portalUrl).origin}; open it there.`;
  return NextResponse.json(
    { code: "forbidden", message },
    { status: 403, headers: { "content-security-policy": dataPolicy, "cache-control": "no-store" } },
  );
}

const isPageRead = ({ method, nextUrl }: NextRequest): boolean =>
  (method === "GET" || method === "HEAD") && !nextUrl.pathname.startsWith("/api/");

// Webhooks are let in by their signature over the whole body, of which Next would hand on the first 10 MB only.
export const config = {
  matcher: [{ source: "/((?!api/webhooks/|_next/static|_next/image|favicon|icon).*)" }],
};
