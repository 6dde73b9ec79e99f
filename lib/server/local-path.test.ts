import { expect, test } from "vitest";
import { localPath } from "./local-path.ts";

const portal = "https://fleet.example.com";

test.each([
  ["/", "/"],
  ["/clusters?q=a%20b&sort=name#row", "/clusters?q=a%20b&sort=name#row"],
  ["/changes/7", "/changes/7"],
  ["/clusters?next=https://evil.example", "/clusters?next=https://evil.example"],
  [`${portal}/changes/7`, "/changes/7"],
])("a path of ours is kept: %s", (value, path) => {
  expect(localPath(value, portal)).toBe(path);
});

const hostile = [
  "https://evil.example",
  "https://evil.example/clusters",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "\\/evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "\t//evil.example",
  " //evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "/a/..//evil.example",
  "/%2e//evil.example",
  "https:evil.example",
  "https:/evil.example",
  "http://fleet.example.com/",
  "https://fleet.example.com.evil.example/",
  "https://fleet.example.com@evil.example/",
  "https://user:word@fleet.example.com/",
  "https://fleet.example.com:8443/",
  "javascript:alert(1)",
  "java\nscript:alert(1)",
  "data:text/html,x",
  "https://",
  "/api/auth/signout",
  "/api/v1/fleet",
];

test.each(hostile.map((value) => [JSON.stringify(value), value] as const))(
  "what leads elsewhere, or to no page, becomes the first page: %s",
  (_name, value) => {
    expect(localPath(value, portal)).toBe("/");
  },
);

test("whatever is asked for, a browser that follows the answer stays here", () => {
  const parts = [
    "/",
    "\\",
    "//",
    ".",
    "..",
    "\t",
    "\r\n",
    "%2f",
    "%5c",
    "@",
    ":",
    "https:",
    "evil.example",
    "?",
    "#",
  ];
  let seed = 7;
  const next = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let turn = 0; turn < 20_000; turn += 1) {
    const value = Array.from({ length: 1 + next(6) }, () => parts[next(parts.length)] ?? "").join("");
    expect(new URL(localPath(value, portal), portal).origin, JSON.stringify(value)).toBe(portal);
    expect(localPath(value, portal)).toMatch(/^\/(?![/\\])/);
  }
});

test.each([[undefined], [null], [7], [[]], [["/clusters"]], [{ toString: () => "/clusters" }]])(
  "what is no text is no path: %j",
  (value) => {
    expect(localPath(value, portal)).toBe("/");
  },
);
