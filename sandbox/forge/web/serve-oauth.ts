import type { FastifyInstance, FastifyReply } from "fastify";
import { basicCredentials } from "../http/authenticate.ts";
import type { World } from "../world.ts";
import { findPerson } from "../state/people.ts";
import { escapeHtml, page } from "./html.ts";
import { OauthCodes } from "./oauth-codes.ts";
import { exchange } from "./token-exchange.ts";

type Fields = Record<string, string | undefined>;

/** The OAuth web flow: a page to choose who signs in, and the token exchange, whose errors are HTTP 200. */
export function serveOauth(server: FastifyInstance, world: World): void {
  const codes = new OauthCodes();
  server.get("/login/oauth/authorize", (request, reply) => {
    const query = request.query as Fields;
    const problem = refusal(world, query);
    if (problem !== null)
      return html(reply, 404, page("Error", `<h1>Error</h1><p>${escapeHtml(problem)}</p>`));
    return html(reply, 200, choicePage(world, query));
  });
  server.post("/login/oauth/authorize", (request, reply) => {
    const form = (request.body ?? {}) as Fields;
    const problem = refusal(world, form);
    if (problem !== null)
      return html(reply, 404, page("Error", `<h1>Error</h1><p>${escapeHtml(problem)}</p>`));
    return reply.redirect(callback(world, codes, form), 302);
  });
  server.post("/login/oauth/access_token", (request, reply) => {
    const basic = basicCredentials(request.headers.authorization);
    const client =
      basic === null
        ? {}
        : { client_id: decodeURIComponent(basic.name), client_secret: decodeURIComponent(basic.password) };
    const fields = { ...client, ...(request.query as Fields), ...((request.body ?? {}) as Fields) };
    const result = exchange(world, codes, fields);
    if (request.headers.accept?.includes("json") === true) return reply.send(result);
    const form = new URLSearchParams(Object.entries(result).map(([key, value]) => [key, String(value)]));
    return reply.type("application/x-www-form-urlencoded; charset=utf-8").send(form.toString());
  });
}

function refusal(world: World, fields: Fields): string | null {
  const { app } = world.store.state;
  if (fields.client_id !== app.clientId) return "Not Found";
  const redirect = fields.redirect_uri;
  if (redirect !== undefined && redirect !== "" && !app.callbackUrls.includes(redirect)) {
    return "The redirect_uri is not associated with this application.";
  }
  if (
    fields.code_challenge !== undefined &&
    fields.code_challenge !== "" &&
    fields.code_challenge_method !== "S256"
  ) {
    return "code_challenge_method must be S256.";
  }
  return null;
}

function callback(world: World, codes: OauthCodes, form: Fields): string {
  const { app } = world.store.state;
  const redirectUri =
    form.redirect_uri === undefined || form.redirect_uri === "" ? app.callbackUrls[0] : form.redirect_uri;
  const url = new URL(redirectUri ?? world.url);
  const person = findPerson(world.store.state, form.login ?? "");
  if (person === undefined) {
    url.searchParams.set("error", "access_denied");
    url.searchParams.set("error_description", "The user has denied your application access.");
    url.searchParams.set(
      "error_uri",
      "https://docs.github.com/apps/managing-oauth-apps/troubleshooting-authorization-request-errors/#access-denied",
    );
  } else {
    const challenge = form.code_challenge;
    const codeChallenge = challenge === undefined || challenge === "" ? null : challenge;
    url.searchParams.set(
      "code",
      codes.issue({ login: person.login, redirectUri: redirectUri ?? "", codeChallenge }),
    );
  }
  if (form.state !== undefined && form.state !== "") url.searchParams.set("state", form.state);
  return url.href;
}

function choicePage(world: World, query: Fields): string {
  const { people, teams, app } = world.store.state;
  const carried = ["client_id", "redirect_uri", "state", "code_challenge", "code_challenge_method"]
    .map((name) => `<input type="hidden" name="${name}" value="${escapeHtml(query[name] ?? "")}">`)
    .join("\n");
  const suggested = query.login?.toLowerCase();
  const sorted = people.toSorted((a, b) => Number(b.login === suggested) - Number(a.login === suggested));
  const buttons = sorted.map((person) => {
    const slugs = teams.filter((team) => team.members.includes(person.login)).map((team) => team.slug);
    return `<button type="submit" name="login" value="${escapeHtml(person.login)}"><strong>${escapeHtml(
      person.login,
    )}</strong> ${escapeHtml(person.name)}<br><small>${escapeHtml(slugs.join(", "))}</small></button>`;
  });
  return page(
    "Choose who signs in",
    `<main><h1>Choose who signs in</h1>
<p>${escapeHtml(app.slug)} asks to know who you are and to act with your rights.</p>
<form method="post" action="/login/oauth/authorize">
${carried}
${buttons.join("\n")}
<button type="submit" name="login" value="">Cancel</button>
</form></main>`,
  );
}

function html(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type("text/html; charset=utf-8").send(text);
}
