const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Was the portal opened under another name of this very machine (localhost for 127.0.0.1) than the one it knows as its
 * address? The session cookie, the forge's callback and the check of origins all hang on that one. The port must be
 * the same, so that no proxy in between can be led round in a circle. Never true where the portal has a real address.
 */
export function isLoopbackAlias(host: string | null, portalUrl: string): boolean {
  if (host === null || !URL.canParse(`http://${host}`)) return false;
  const [given, own] = [new URL(`http://${host}`), new URL(portalUrl)];
  if (own.protocol !== "http:" || given.port !== own.port) return false;
  return loopback.test(own.hostname) && loopback.test(given.hostname) && given.hostname !== own.hostname;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/**
 * Sends a browser to the same page at the portal's own address. By `Refresh` and a link, because Next takes the names
 * of this machine for one host and would make of a `Location` a path: a circle.
 */
export function toOwnAddress(path: string, portalUrl: string): Response {
  const url = new URL(portalUrl).origin + path;
  return new Response(
    `<!doctype html><title>Fleetwright</title><p>Fleetwright is at <a href="${escaped(url)}">${escaped(url)}</a>.`,
    {
      headers: {
        refresh: `0; url=${url}`,
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-store",
      },
    },
  );
}
