import { listVisibleChanges } from "../db/change-lists.ts";
import { toChangeRow } from "./change-row.ts";
import type { ReadContext } from "./context.ts";
import type { ChangeList, ChangeListParams } from "./views.ts";

/** One page of the pull requests the actor may see. */
export async function listChanges({ db, actor }: ReadContext, params: ChangeListParams): Promise<ChangeList> {
  const { rows, counts } = await listVisibleChanges(db, actor, params);
  const all = counts.open + counts.merged + counts.closed;
  return {
    rows: rows.map(toChangeRow),
    matched: params.state === "all" ? all : counts[params.state],
    counts,
  };
}
