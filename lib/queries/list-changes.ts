import { listVisibleChanges } from "../db/change-lists.ts";
import { findRepository } from "../db/repository.ts";
import { toChangeRow } from "./change-row.ts";
import type { ReadContext } from "./context.ts";
import { repositoryTrouble } from "./repository-trouble.ts";
import type { ChangeList, ChangeListParams } from "./views.ts";

/** One page of the pull requests the actor may see. */
export async function listChanges({ db, actor }: ReadContext, params: ChangeListParams): Promise<ChangeList> {
  const [{ rows, counts }, repository] = await Promise.all([
    listVisibleChanges(db, actor, params),
    findRepository(db),
  ]);
  const trouble = repositoryTrouble(repository);
  const all = counts.open + counts.merged + counts.closed;
  return {
    rows: rows.map((row) => toChangeRow(row, trouble)),
    matched: params.state === "all" ? all : counts[params.state],
    counts,
  };
}
