import type { ListedChange } from "../db/change-lists.ts";
import { changeMark } from "./change-mark.ts";
import type { ChangeRow } from "./views.ts";

/** A stored change as lists show it; `trouble` as in {@link changeMark}. */
export function toChangeRow(change: ListedChange, trouble: string | null = null): ChangeRow {
  return {
    number: change.number,
    title: change.title,
    state: stateOf(change.state),
    draft: change.draft,
    kind: change.kind,
    ...changeMark(change, trouble),
    author: change.author,
    requestedBy: change.requestedBy,
    clusters: change.clusters,
    teams: change.teams,
    openedAt: change.openedAt.toISOString(),
    updatedAt: change.updatedAt.toISOString(),
    url: change.url,
  };
}

const stateOf = (state: string): ChangeRow["state"] =>
  state === "merged" || state === "closed" ? state : "open";
