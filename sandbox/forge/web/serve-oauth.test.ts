import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refusal, startTestForge } from "../testing/test-forge.ts";
import type { TestForge } from "../testing/test-forge.ts";

const redirect = "http://127.0.0.1:3000/api/auth/callback/github";
const client = { client_id: "Iv23test", client_secret: "app-secret" };

describe("the OAuth web flow", () => {
  let test: TestForge;
  beforeAll(async () => {
    test = await startTestForge();
  });
  afterAll(() => test.stop());

  const choose = async (login: string, extra: Record<string, string> = {}) => {
    const fields = { client_id: client.client_id, redirect_uri: redirect, state: "s t&te", login, ...extra };
    const response = await fetch(`${test.forge.url}/login/oauth/authorize`, {
      method: "POST",
      body: new URLSearchParams(fields),
      redirect: "manual",
    });
    return new URL(response.headers.get("location") ?? "about:blank");
  };
  const exchange = async (fields: Record<string, string>) => {
    const response = await fetch(`${test.forge.url}/login/oauth/access_token`, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams({ ...client, ...fields }),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as Record<string, string>;
  };

  it("lists who can sign in, with their teams", async () => {
    const query = new URLSearchParams({
      client_id: client.client_id,
      redirect_uri: redirect,
      state: `"><b>`,
    });
    const response = await fetch(`${test.forge.url}/login/oauth/authorize?${query.toString()}`);
    const text = await response.text();
    expect(text).toContain("Choose who signs in");
    expect(text).toContain("Rita Requester");
    expect(text).toContain("fleet-approvers");
    expect(text).not.toContain("<b>");
  });

  it("gives a code for a token that acts as the person", async () => {
    const url = await choose("rita");
    expect(url.searchParams.get("state")).toBe("s t&te");
    const code = url.searchParams.get("code") ?? "";
    const tokens = await exchange({ code, redirect_uri: redirect });
    expect(tokens).toMatchObject({ token_type: "bearer", scope: "", expires_in: 28_800 });
    expect(tokens.access_token).toMatch(/^ghu_/);
    const { data } = await test.withToken(tokens.access_token ?? "").users.getAuthenticated();
    expect(data.login).toBe("rita");
    expect((await exchange({ code })).error).toBe("bad_verification_code");
  });

  it("rotates tokens on refresh: the old pair is dead at once", async () => {
    const first = await exchange({ code: (await choose("anna")).searchParams.get("code") ?? "" });
    const fields = { grant_type: "refresh_token", refresh_token: first.refresh_token ?? "" };
    const second = await exchange(fields);
    expect((await test.withToken(second.access_token ?? "").users.getAuthenticated()).data.login).toBe(
      "anna",
    );
    const old = test.withToken(first.access_token ?? "").users.getAuthenticated();
    expect(await refusal(old)).toEqual({ status: 401, message: "Bad credentials" });
    expect((await exchange(fields)).error).toBe("bad_refresh_token");
  });

  it("ends access tokens on demand while the refresh token lives, once", async () => {
    const first = await exchange({ code: (await choose("vera")).searchParams.get("code") ?? "" });
    await test.control("POST", "expire-tokens", { login: "vera" });
    const ended = test.withToken(first.access_token ?? "").users.getAuthenticated();
    expect(await refusal(ended)).toEqual({ status: 401, message: "Bad credentials" });
    const fields = { grant_type: "refresh_token", refresh_token: first.refresh_token ?? "" };
    const [one, other] = await Promise.all([exchange(fields), exchange(fields)]);
    expect([one.error, other.error].filter((error) => error === "bad_refresh_token")).toHaveLength(1);
  });

  it("holds the exchange to the PKCE verifier", async () => {
    const verifier = "v".repeat(50);
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    const extra = { code_challenge: challenge, code_challenge_method: "S256" };
    const wrong = (await choose("rita", extra)).searchParams.get("code") ?? "";
    expect((await exchange({ code: wrong, code_verifier: "w".repeat(50) })).error).toBe(
      "bad_verification_code",
    );
    const right = (await choose("rita", extra)).searchParams.get("code") ?? "";
    expect((await exchange({ code: right, code_verifier: verifier })).access_token).toMatch(/^ghu_/);
  });

  it("sends who cancels back without a code, and nobody to a foreign address", async () => {
    expect((await choose("")).searchParams.get("error")).toBe("access_denied");
    const query = new URLSearchParams({ client_id: client.client_id, redirect_uri: "http://evil.example/" });
    const response = await fetch(`${test.forge.url}/login/oauth/authorize?${query.toString()}`);
    expect(await response.text()).toContain("The redirect_uri is not associated with this application.");
  });

  it("answers wrong client credentials with 200 and an error, as GitHub does", async () => {
    expect((await exchange({ client_secret: "wrong", code: "x" })).error).toBe(
      "incorrect_client_credentials",
    );
  });

  it("the App can ask whether a token lives, and end it", async () => {
    const tokens = await exchange({ code: (await choose("adam")).searchParams.get("code") ?? "" });
    const check = async (method: string, path: string) => {
      const basic = Buffer.from(`${client.client_id}:${client.client_secret}`).toString("base64");
      const response = await fetch(`${test.forge.api}/applications/${client.client_id}/${path}`, {
        method,
        headers: { authorization: `Basic ${basic}` },
        body: JSON.stringify({ access_token: tokens.access_token }),
      });
      return response.status;
    };
    expect(await check("POST", "token")).toBe(200);
    expect(await check("DELETE", "token")).toBe(204);
    expect(await check("POST", "token")).toBe(404);
    expect(await refusal(test.withToken(tokens.access_token ?? "").users.getAuthenticated())).toMatchObject({
      status: 401,
    });
  });
});
