import { countCommits, pageOfCommits } from "../db/commit-reach.ts";
import { scopeOf } from "../domain/access/actor.ts";
import { changesOf, toCommitRow } from "./commit-row.ts";
import type { CommitList, CommitListParams } from "./commit-views.ts";
import type { ReadContext } from "./context.ts";

/** Commits of the default branch, newest first, with how far each has come among the clusters the actor may see. */
export async function listCommits(
  ctx: ReadContext,
  { page, pageSize }: CommitListParams,
): Promise<CommitList> {
  const scope = scopeOf(ctx.actor);
  const [stored, matched] = await Promise.all([
    pageOfCommits(ctx.db, scope, { offset: (page - 1) * pageSize, limit: pageSize }),
    countCommits(ctx.db, scope),
  ]);
  const changes = await changesOf(ctx, stored);
  return { rows: stored.map((row) => toCommitRow(row, changes)), matched };
}
