import { openVisibleChanges, type ListedChange } from "../db/change-lists.ts";
import { can } from "../domain/access/can.ts";
import { approvalsView } from "./change-approvals.ts";
import { toChangeRow } from "./change-row.ts";
import type { ReadContext } from "./context.ts";
import type { ChangeRow, FleetOverview } from "./views.ts";

/** Open changes that go on only when this person does something: approve, merge, or mend what he asked for. */
export async function getWaitingForMe({ db, actor }: ReadContext): Promise<FleetOverview["waitingForMe"]> {
  const changes = await openVisibleChanges(db, actor);
  return changes.flatMap((change) => {
    const row = toChangeRow(change);
    const mine = row.author === actor.login || row.requestedBy === actor.login;
    const sentence = mine
      ? toMend(row)
      : can(actor, "approve", row).yes
        ? toDecide(change, row, actor.login)
        : null;
    if (sentence === null) return [];
    return [{ number: row.number, title: row.title, sentence, since: row.openedAt, mark: row.mark }];
  });
}

const broken = new Set(["Conflict", "Check fails", "Changes asked for"]);

const toMend = (row: ChangeRow): string | null => (broken.has(row.mark.word) ? row.sentence : null);

/** Checks that fail or run are not the approver's to wait for; an approval already given is done. */
function toDecide(change: ListedChange, row: ChangeRow, login: string): string | null {
  if (row.mark.word !== "Waits for approval" && row.mark.word !== "Ready to merge") return null;
  const { given } = approvalsView(change);
  const gave = given.some((one) => one.login === login && !one.stale);
  if (gave && row.mark.word !== "Ready to merge") return null;
  return `by ${row.requestedBy ?? row.author} · ${row.sentence}`;
}
