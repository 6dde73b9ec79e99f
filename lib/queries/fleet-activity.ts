import type { AuditRow } from "../db/audit.ts";
import type { ActivityView, TextPart } from "./views.ts";

const verbs: Record<string, string> = {
  "change.open": "opened",
  "change.approve": "approved",
  "change.request-changes": "asked for changes to",
  "change.merge": "merged",
  "change.close": "closed",
};

/** What people did, in words; actions nobody needs to read about here are left out. */
export function toActivity(rows: readonly AuditRow[]): ActivityView[] {
  return rows.flatMap(({ id, at, actor, action, target, change }) => {
    const verb = verbs[action];
    if (verb === undefined) return [];
    const who: TextPart = actor === "unknown" ? { text: "Somebody" } : { text: actor, kind: "strong" };
    return [{ id, at: at.toISOString(), text: [who, { text: ` ${verb} ` }, ...what(target, change)] }];
  });
}

/** `#12 Create dev-payments-2` with the number as a link. */
function what(target: string, change: number | null): TextPart[] {
  if (change === null) return [{ text: target }];
  const number = `#${String(change)}`;
  const title = target.startsWith(number) ? target.slice(number.length) : ` ${target}`;
  return [{ text: number, kind: "code", href: `/changes/${String(change)}` }, { text: title }];
}
