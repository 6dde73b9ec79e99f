import { changesByMergeCommit } from "../../db/changes.ts";
import { lastCommit, saveCommits, saveRepositoryContent, type CommitRow } from "../../db/repository.ts";
import { configProblems, templateFiles } from "../../changes/checks/config-problems.ts";
import type { ChangeWorld } from "../../changes/change-world.ts";
import { parseFleetConfig } from "../../domain/fleet/config.ts";
import { parsePrices } from "../../domain/fleet/prices.ts";
import { fleetConfigFile, pricesFile, templatesDir } from "../../domain/repository/layout.ts";
import type { Problem } from "../../domain/repository/problem.ts";
import { parseTemplate } from "../../domain/repository/template.ts";
import type { MirrorCommit } from "../../git/mirror.ts";

/** Copies what the head of the default branch says into the database: configuration, templates, history. */
export async function readRepository(world: ChangeWorld, headSha: string): Promise<void> {
  const { db, mirror, repository } = world;
  const files = await mirror.readFiles(headSha, [fleetConfigFile, pricesFile, templatesDir]);
  const fleet = files.get(fleetConfigFile);
  const prices = files.get(pricesFile);
  const problems = await configProblems(mirror, headSha);
  if (fleet === undefined) problems.unshift(missing(fleetConfigFile));
  const templates = templateFiles(files).flatMap(([name, own]) => parseTemplate(name, own).template ?? []);
  await saveHistory(world, headSha);
  const [tip] = await mirror
    .firstParentLog(headSha, `${headSha}^`)
    .catch(() => mirror.firstParentLog(headSha));
  await saveRepositoryContent(db, repository.id, {
    headSha,
    headAt: new Date(tip?.authoredAt ?? world.now()),
    config: fleet === undefined ? null : parseFleetConfig(fleet).config,
    prices: prices === undefined ? null : parsePrices(prices).prices,
    templates,
    problems,
  });
}

const missing = (file: string): Problem => ({
  file,
  line: null,
  at: "",
  message: "is missing",
  severity: "error",
});

/** Positions are first-parent; a branch that was rewritten gets a new history. */
async function saveHistory(world: ChangeWorld, headSha: string): Promise<void> {
  const { db, mirror, repository } = world;
  const last = await lastCommit(db, repository.id);
  if (last?.sha === headSha) return;
  const continues = last !== null && (await mirror.isAncestor(last.sha, headSha));
  const commits = await mirror.firstParentLog(headSha, continues ? last.sha : null);
  const merged = await changesByMergeCommit(db, repository.id);
  await saveCommits(db, repository.id, {
    commits: commits.map((commit) => rowOf(commit, merged)),
    from: continues ? last.position : -1,
    replace: last !== null && !continues,
  });
}

function rowOf(commit: MirrorCommit, merged: ReadonlyMap<string, number>): CommitRow {
  const { sha, parents, paths, title, author, authoredAt } = commit;
  const named = /^Merge pull request #(\d+) |\(#(\d+)\)$/.exec(title);
  const fromTitle = Number(named?.[1] ?? named?.[2] ?? Number.NaN);
  const changeNumber = merged.get(sha) ?? (Number.isNaN(fromTitle) ? null : fromTitle);
  return { sha, parents, paths, title, author, authoredAt: new Date(authoredAt), changeNumber };
}
