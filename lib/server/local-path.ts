/** Never a page: an address we are told to come back to is one that a browser shows. */
const isPage = (path: string): boolean => !/^\/(api|_next)(\/|$)/.test(path);

/**
 * The path of this site that `value` names, "/" where it names anything else: a link to us must not lead elsewhere.
 * It is read the way browsers read addresses, which drop tabs and line ends, take `\` for `/` and resolve `/.//x` to
 * `//x`. Full addresses pass only at `portalUrl`'s own origin.
 */
export function localPath(value: unknown, portalUrl: string): string {
  if (typeof value !== "string" || !/^(\/|https?:\/\/)/.test(value)) return "/";
  if (!URL.canParse(value, portalUrl)) return "/";
  const url = new URL(value, portalUrl);
  if (url.origin !== new URL(portalUrl).origin || url.username !== "" || url.password !== "") return "/";
  const path = `${url.pathname}${url.search}${url.hash}`;
  return path.startsWith("//") || !isPage(url.pathname) ? "/" : path;
}
