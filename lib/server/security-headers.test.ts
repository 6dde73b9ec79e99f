import { NextRequest } from "next/server";
import { beforeEach, describe, expect, test, vi } from "vitest";
import nextConfig from "../../next.config.ts";
import { config, proxy } from "../../proxy.ts";

const portal = "https://fleet.example.com";

beforeEach(() => {
  vi.stubEnv("FLEETWRIGHT_URL", portal);
  vi.stubEnv("NODE_ENV", "production");
  return () => {
    vi.unstubAllEnvs();
  };
});

const ask = (path: string, method = "GET", headers: Record<string, string> = {}) =>
  proxy(new NextRequest(`${portal}${path}`, { method, headers }));
const policyOf = (path: string): string => ask(path).headers.get("content-security-policy") ?? "";

describe("a page's policy", () => {
  test("carries a nonce that no two pages share, handed on to the page", () => {
    const response = ask("/clusters");
    const nonce = /'nonce-([^']{22,})'/.exec(response.headers.get("content-security-policy") ?? "")?.[1];
    expect(nonce).toBeTruthy();
    expect(response.headers.get("x-middleware-request-x-nonce")).toBe(nonce);
    expect(policyOf("/clusters")).not.toContain(nonce);
  });

  test("runs no script without the nonce, and lets nobody frame it or move its base", () => {
    const rules = new Map(
      policyOf("/")
        .split("; ")
        .map((rule) => [rule.split(" ")[0], rule] as const),
    );
    expect(rules.get("script-src")).not.toMatch(/unsafe-(inline|eval)/);
    expect(rules.get("style-src-elem")).not.toContain("unsafe-inline");
    expect(rules.get("frame-ancestors")).toBe("frame-ancestors 'none'");
    expect(rules.get("base-uri")).toBe("base-uri 'none'");
    expect(rules.get("object-src")).toBe("object-src 'none'");
    expect(rules.get("form-action")).toBe("form-action 'self'");
  });
});

test("an answer of the API may do nothing in a browser", () => {
  expect(policyOf("/api/v1/fleet")).toMatch(/^default-src 'none'/);
});

test("a nonce that the browser sends is not taken over", () => {
  const response = ask("/", "GET", { "x-nonce": "mine" });
  expect(response.headers.get("x-middleware-request-x-nonce")).not.toBe("mine");
});

test("every answer has the fixed headers", async () => {
  const [all] = (await nextConfig.headers?.()) ?? [];
  expect(all?.source).toBe("/:path*");
  expect(
    Object.fromEntries((all?.headers ?? []).map(({ key, value }) => [key.toLowerCase(), value])),
  ).toMatchObject({
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "strict-transport-security": "max-age=31536000",
  });
});

describe("what changes something must come from our own page", () => {
  test.each([
    ["another site's page", "/changes/7", { origin: "https://evil.example" }, 403],
    ["a sandboxed frame", "/changes/7", { origin: "null" }, 403],
    ["a name that only begins alike", "/changes/7", { origin: `${portal}.evil.example` }, 403],
    ["another scheme", "/changes/7", { origin: "http://fleet.example.com" }, 403],
    ["nobody who says so", "/changes/7", {}, 403],
    ["another site's page, at sign-in", "/api/auth/signin/forge", { origin: "https://evil.example" }, 403],
    [
      "another site's page, past the host header",
      "/clusters/new",
      { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
      403,
    ],
    ["our page", "/changes/7", { origin: portal }, 200],
    ["our page, at sign-in", "/api/auth/signin/forge", { origin: portal }, 200],
    ["the forge, by signature", "/api/webhooks/forge", {}, 200],
  ])("%s", (_who, path, headers, status) => {
    expect(ask(path, "POST", headers as Record<string, string>).status).toBe(status);
  });

  test("who is refused is told where the portal is", async () => {
    const response = ask("/changes/7", "POST", { origin: "http://other:3000" });
    expect(await response.json()).toMatchObject({ message: expect.stringContaining(portal) as string });
  });

  test("the check stands before every page and route", () => {
    const matcher = new RegExp(`^${config.matcher[0]?.source ?? ""}$`);
    for (const path of ["/", "/changes/7", "/clusters/new", "/api/auth/signout", "/api/v1/x"])
      expect(path).toMatch(matcher);
    expect("/_next/static/chunk.js").not.toMatch(matcher);
  });
});

describe("opened under another name of this machine", () => {
  const own = "http://127.0.0.1:3000";
  const open = (path: string, host: string, { url = own, method = "GET" } = {}) => {
    vi.stubEnv("FLEETWRIGHT_URL", url);
    return proxy(new NextRequest(`http://${host}${path}`, { method, headers: { host } }));
  };

  test.each(["localhost:3000", "[::1]:3000", "127.0.0.2:3000"])(
    "%s leads to the portal's address",
    (host) => {
      const response = open('/clusters?q="<b>&sort=name', host);
      const there = `${own}/clusters?q=%22%3Cb%3E&sort=name`;
      expect(response.headers.get("refresh")).toBe(`0; url=${there}`);
      // Next takes these names for one host and would make a path of it.
      expect(response.headers.get("location")).toBeNull();
      return expect(response.text()).resolves.toContain(`href="${there.replace("&", "&amp;")}"`);
    },
  );

  test("and the other way round", () => {
    const response = open("/", "127.0.0.1:3000", { url: "http://localhost:3000" });
    expect(response.headers.get("refresh")).toBe("0; url=http://localhost:3000/");
  });

  test.each([
    ["its own name", "/", "127.0.0.1:3000", {}],
    ["another port, that of a proxy", "/", "localhost:8080", {}],
    ["a name that is not this machine", "/", "localhost.evil.example:3000", {}],
    ["a portal with a real address", "/", "localhost", { url: "http://fleet.example.com" }],
    ["a portal behind TLS", "/", "localhost:3000", { url: "https://127.0.0.1:3000" }],
    ["probes and the API", "/api/healthz", "localhost:3000", {}],
  ])("%s is left where it is", (_name, path, host, more) => {
    expect(open(path, host, more).headers.get("refresh")).toBeNull();
  });

  test("changes nothing there: a POST is refused", () => {
    vi.stubEnv("FLEETWRIGHT_URL", own);
    const headers = { host: "localhost:3000", origin: "http://localhost:3000" };
    const request = new NextRequest("http://localhost:3000/changes/7", { method: "POST", headers });
    expect(proxy(request).status).toBe(403);
  });
});
