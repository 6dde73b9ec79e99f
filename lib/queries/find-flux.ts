import { z } from "zod";
import { findVisibleFlux, type FoundFlux, type StoredFluxRow } from "../db/flux-list.ts";
import { canBeReconciled, isFluxSource } from "../domain/flux/flux-kinds.ts";
import { can } from "../domain/access/can.ts";
import { scopeOf } from "../domain/access/actor.ts";
import type { ReadContext } from "./context.ts";
import type { FluxLink, FluxObjectView } from "./flux-views.ts";
import { toFluxListRow } from "./list-flux.ts";
import { whyOld } from "./why-old.ts";

const id = z.uuid();
const details = z.array(z.object({ label: z.string(), value: z.string() })).catch([]);
const strings = z.array(z.string()).catch([]);

/** Everything stored about one Flux object; null where there is none, or the actor may not see it. */
export async function findFlux(
  { db, actor, now }: ReadContext,
  given: string,
): Promise<FluxObjectView | null> {
  const parsed = id.safeParse(given);
  if (!parsed.success) return null;
  const all = await findVisibleFlux(db, scopeOf(actor), parsed.data);
  if (!all) return null;
  const { found, commit } = all;
  const row = toFluxListRow(found, now);
  const verdict = can(actor, "reconcile", {
    cluster: found.cluster?.name ?? null,
    team: found.cluster?.team ?? null,
  });
  return {
    ...row,
    // The list's message tells why it is old; here that stands apart, and its own words stay.
    message: found.message,
    lastKnown: whyOld(found, now) === null ? null : row.message,
    apiVersion: found.apiVersion,
    reason: found.reason,
    ...linksOf(all, now),
    path: found.path,
    details: details.parse(found.details),
    attemptedRevision: found.attemptedRevision,
    commit: commit && {
      sha: commit.sha,
      title: commit.title,
      author: commit.author,
      at: commit.authoredAt.toISOString(),
      change: commit.changeNumber,
    },
    intervalSeconds: found.intervalSeconds,
    appliedAt: found.appliedAt?.toISOString() ?? null,
    requestedAt: found.requestedAt,
    handledAt: found.handledAt,
    inventory: strings.parse(found.inventory).map(parseEntry),
    reconcile: canBeReconciled(found.kind)
      ? { allowed: verdict.yes, reason: verdict.yes ? null : verdict.reason }
      : { allowed: false, reason: "It has nothing that could be reconciled on demand." },
    isSource: isFluxSource(found.kind),
  };
}

function linksOf(
  { found, neighbours }: FoundFlux,
  now: Date,
): Pick<FluxObjectView, "blockedBy" | "source" | "dependsOn" | "waiting"> {
  const link = (row: StoredFluxRow): FluxLink => ({
    id: row.id,
    label: `${row.kind} ${row.namespace}/${row.name}`,
    mark: toFluxListRow(row, now).mark,
  });
  const byName = (kind: string, key: string): FluxLink => {
    const row = neighbours.find((one) => one.kind === kind && `${one.namespace}/${one.name}` === key);
    return row ? link(row) : { id: null, label: `${kind} ${key}`, mark: null };
  };
  const key = `${found.namespace}/${found.name}`;
  const waits = (row: StoredFluxRow): boolean =>
    (row.kind === found.kind && strings.parse(row.dependsOn).includes(key)) ||
    (row.sourceKind === found.kind && `${row.sourceNamespace ?? ""}/${row.sourceName ?? ""}` === key);
  return {
    blockedBy: found.blockedBy === null ? null : byName(found.kind, found.blockedBy),
    source:
      found.sourceKind === null
        ? null
        : byName(found.sourceKind, `${found.sourceNamespace ?? ""}/${found.sourceName ?? ""}`),
    dependsOn: strings.parse(found.dependsOn).map((one) => byName(found.kind, one)),
    waiting: neighbours.filter(waits).map(link),
  };
}

/** `<namespace>_<name>_<group>_<kind>`; names may hold no underscore, so the parts are certain (Flux's inventory). */
function parseEntry(entry: string): FluxObjectView["inventory"][number] {
  const [namespace = "", name = entry, group = "", kind = ""] = entry.split("_");
  return { kind, group, namespace, name };
}
