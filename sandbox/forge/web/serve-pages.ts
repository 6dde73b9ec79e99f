import type { FastifyInstance, FastifyReply } from "fastify";
import { listCommits, readCommit } from "../git/commits.ts";
import { diffFiles } from "../git/diff.ts";
import type { FileChange } from "../git/diff.ts";
import { resolveCommit } from "../git/objects.ts";
import { pullMergeBase } from "../rules/pull-facts.ts";
import type { World } from "../world.ts";
import { findPerson, fullName } from "../state/people.ts";
import { escapeHtml, page } from "./html.ts";

/** Read-only pages, so that a link to the forge leads to something to read. */
export function servePages(server: FastifyInstance, world: World): void {
  const path = `/${fullName(world.store.state)}`;
  server.get("/", (_request, reply) => reply.redirect(path, 302));
  server.get(path, (_request, reply) => html(reply, repositoryPage(world)));
  server.get(`${path}/pulls`, (_request, reply) => html(reply, repositoryPage(world)));
  server.get(`${path}/pull/:number`, async (request, reply) => {
    const { number } = request.params as { number: string };
    return html(reply, await pullPage(world, number));
  });
  server.get(`${path}/commit/:sha`, async (request, reply) => {
    const { sha } = request.params as { sha: string };
    return html(reply, await commitPage(world, sha));
  });
  server.get("/:login", (request, reply) => {
    const { login } = request.params as { login: string };
    return html(reply, profilePage(world, login));
  });
}

function repositoryPage(world: World): string {
  const name = fullName(world.store.state);
  const rows = world.store.state.pulls
    .toReversed()
    .map(
      (pull) =>
        `<li><a href="/${name}/pull/${String(pull.number)}">#${String(pull.number)}</a> ${escapeHtml(pull.title)} <small>${stateOf(pull)} · ${escapeHtml(pull.author)}</small></li>`,
    );
  return page(name, `<h1>${escapeHtml(name)}</h1><h2>Pull requests</h2><ul>${rows.join("\n")}</ul>`);
}

async function pullPage(world: World, number: string): Promise<string | null> {
  const pull = world.store.state.pulls.find((candidate) => String(candidate.number) === number);
  if (pull === undefined) return null;
  const base = await pullMergeBase(world, pull);
  const [commits, files] = await Promise.all([
    listCommits(world.gitDir, [`${base}..${pull.head.sha}`], { reverse: true }),
    world.facts.diffFiles(base, pull.head.sha),
  ]);
  const reviews = pull.reviews.map(
    (review) => `<li>${escapeHtml(review.login)}: ${review.state} ${escapeHtml(review.body)}</li>`,
  );
  const comments = world.store.state.comments
    .filter((comment) => comment.number === pull.number)
    .map(
      (comment) =>
        `<li>${escapeHtml(comment.login)}: <span class="body">${escapeHtml(comment.body)}</span></li>`,
    );
  const title = `${pull.title} #${String(pull.number)}`;
  return page(
    title,
    `<p><a href="/${fullName(world.store.state)}">${escapeHtml(fullName(world.store.state))}</a></p>
<h1>${escapeHtml(title)}</h1>
<p><strong>${stateOf(pull)}</strong> · ${escapeHtml(pull.author)} wants to merge <code>${escapeHtml(pull.head.ref)}</code> into <code>${escapeHtml(pull.base.ref)}</code></p>
<p class="body">${escapeHtml(pull.body ?? "")}</p>
<h2>Reviews and comments</h2><ul>${[...reviews, ...comments].join("\n")}</ul>
<h2>Commits</h2><ul>${commits.map((commit) => `<li><code>${commit.sha.slice(0, 7)}</code> ${escapeHtml(commit.message.split("\n")[0] ?? "")}</li>`).join("\n")}</ul>
<h2>Files</h2>${filesHtml(files)}`,
  );
}

async function commitPage(world: World, ref: string): Promise<string | null> {
  const sha = await resolveCommit(world.gitDir, ref);
  if (sha === null) return null;
  const commit = await readCommit(world.gitDir, sha);
  const [parent] = commit.parents;
  const files = parent === undefined ? [] : await diffFiles(world.gitDir, parent, sha);
  const title = commit.message.split("\n")[0] ?? sha;
  return page(
    title,
    `<h1>${escapeHtml(title)}</h1><p><code>${sha}</code> ${escapeHtml(commit.author.name)}, ${commit.author.date}</p>
<p class="body">${escapeHtml(commit.message)}</p>${filesHtml(files)}`,
  );
}

function profilePage(world: World, login: string): string | null {
  const person = findPerson(world.store.state, login);
  if (person === undefined) return null;
  const slugs = world.store.state.teams
    .filter((team) => team.members.includes(person.login))
    .map((team) => team.slug);
  return page(
    person.login,
    `<h1>${escapeHtml(person.name)}</h1><p>${escapeHtml(person.login)} · ${escapeHtml(slugs.join(", "))}</p>`,
  );
}

function filesHtml(files: readonly FileChange[]): string {
  return files
    .map(
      (file) =>
        `<h3><code>${escapeHtml(file.path)}</code> <small>${file.status}</small></h3><pre>${escapeHtml(file.patch ?? "(binary)")}</pre>`,
    )
    .join("\n");
}

function stateOf(pull: { state: string; merged: unknown }): string {
  return pull.merged === null ? pull.state : "merged";
}

function html(reply: FastifyReply, text: string | null): FastifyReply {
  const missing = page("Not found", "<h1>404</h1><p>This is not the page you are looking for.</p>");
  return reply
    .code(text === null ? 404 : 200)
    .type("text/html; charset=utf-8")
    .send(text ?? missing);
}
