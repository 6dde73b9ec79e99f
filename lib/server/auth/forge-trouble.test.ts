import type { UserinfoEndpointHandler } from "next-auth/providers/oauth";
import { afterAll, beforeAll, expect, test } from "vitest";
import { portalWorld, type PortalWorld } from "../testing/portal-world.ts";
import { tellForgeTrouble } from "./forge-trouble.ts";
import { authOptions } from "./options.ts";

let world: PortalWorld;
beforeAll(async () => {
  world = await portalWorld();
});
afterAll(() => world.close());

/** Why the forge did not say who signs in. */
async function refusal(): Promise<unknown> {
  let why: unknown;
  const [provider] = authOptions((error) => (why = error)).providers;
  const { userinfo } = provider as unknown as { userinfo: UserinfoEndpointHandler };
  const asked = userinfo.request?.({ tokens: { access_token: "ghu_x" } } as never);
  await expect(asked).rejects.toBeDefined();
  return why;
}

const led = (error: unknown, to = "/api/auth/error?error=OAuthCallback"): string | null => {
  const headers = { location: `http://127.0.0.1:1${to}`, "set-cookie": "state=; Max-Age=0" };
  const response = tellForgeTrouble(
    new Response(null, { status: 302, headers }),
    error,
    "http://127.0.0.1:1",
  );
  expect(response.status).toBe(302);
  expect(response.headers.get("set-cookie")).toBe("state=; Max-Age=0");
  return response.headers.get("location");
};

test.each([503, 500, 429, 404])("a sign-in that the forge answers by %i says so", async (status) => {
  world.answer((_request, response) => response.writeHead(status).end("<html>a page of the proxy</html>"));
  expect(led(await refusal())).toBe(`http://127.0.0.1:1/sign-in?error=ForgeTrouble&status=${String(status)}`);
});

test("one that the forge does not answer says so", async () => {
  world.answer((request) => request.socket.destroy());
  expect(led(await refusal())).toMatch(/error=ForgeTrouble&status=0$/);
});

test.each([
  ["fails by the token's exchange", { response: { statusCode: 502 } }, "502"],
  ["times out in it", { name: "RPError", message: "outgoing request timed out after 10000ms" }, "0"],
  ["is refused a connection", { name: "Error", message: "x", code: "ECONNREFUSED" }, "0"],
])("one that %s says so", (_what, fields, status) => {
  expect(led(Object.assign(new Error("x"), fields))).toMatch(new RegExp(`status=${status}$`));
});

test("what is not the forge's trouble is told as before", () => {
  const used = Object.assign(new Error("bad_verification_code"), { response: { statusCode: 200 } });
  expect(led(used)).toMatch(/error=OAuthCallback$/);
  expect(led(undefined)).toMatch(/error=OAuthCallback$/);
  expect(led({ response: { statusCode: 503 } }, "/clusters")).toMatch(/clusters$/);
});
