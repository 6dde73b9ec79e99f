import { z } from "zod";
import { countReconciles, createAsks } from "../../db/asks.ts";
import { appendAudit } from "../../db/audit.ts";
import { findFluxTargets, findFluxBehind, type FluxTarget } from "../../db/flux-targets.ts";
import { can } from "../../domain/access/can.ts";
import { canBeReconciled } from "../../domain/flux/flux-kinds.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import { runAsks } from "./run-asks.ts";
import type { ReconciliationContext } from "./context.ts";

const most = 50;
const perMinute = 200;

const input = z.object({
  ids: z.array(z.uuid()).min(1).max(most),
  /** Reconcile what reads from a source too: the source first, then what is behind it. */
  behind: z.boolean().default(false),
});

export interface Reconciled {
  /** Objects whose API server took the annotation. */
  asked: number;
  /** What was not asked, and why. */
  failed: { name: string; reason: string }[];
}

/**
 * Asks Flux to reconcile objects now, in the person's name: annotation `reconcile.fluxcd.io/requestedAt`, sources
 * before what reads from them. Failures: `forbidden`, `invalid`, `not-found`, `rate-limited` beyond 200 objects a minute.
 */
export async function reconcileObjects(
  ctx: ReconciliationContext,
  given: unknown,
): Promise<Result<Reconciled>> {
  const { db, actor, now } = ctx;
  const parsed = input.safeParse(given);
  if (!parsed.success) return fail("invalid", `Choose between 1 and ${String(most)} objects.`);
  const chosen = await findFluxTargets(db, parsed.data.ids);
  const targets = parsed.data.behind ? unique([...chosen, ...(await findFluxBehind(db, chosen))]) : chosen;
  const seen = targets.filter((target) => can(actor, "see-object", target).yes);
  if (seen.length === 0) return fail("not-found", "There is no such object, or it belongs to another team.");
  for (const target of seen) {
    const verdict = can(actor, "reconcile", target);
    if (!verdict.yes) return fail("forbidden", verdict.reason);
  }
  const [only] = seen;
  const refusal = only && seen.length === 1 ? refusalOf(only) : null;
  if (refusal !== null) return fail("conflict", refusal);
  const recent = await countReconciles(db, actor.login, new Date(now.getTime() - 60_000));
  if (recent + seen.length > perMinute)
    return fail("rate-limited", `You asked for ${String(perMinute)} objects within a minute; wait a little.`);
  const refused = seen.flatMap((target) => {
    const reason = refusalOf(target);
    return reason === null ? [] : [{ name: `${target.kind} ${target.name}`, reason }];
  });
  const result = await inOrder(
    ctx,
    seen.filter((target) => refusalOf(target) === null),
  );
  return ok({ ...result, failed: [...refused, ...result.failed] });
}

/** Why Flux would not act on the annotation; null where it would. */
function refusalOf({ kind, name, suspended }: FluxTarget): string | null {
  if (!canBeReconciled(kind)) return `${kind} ${name} has nothing that could be reconciled on demand.`;
  return suspended ? `${kind} ${name} is suspended; resume it in Git first.` : null;
}

/** Sources first: a Kustomization that is reconciled before its source sees the old revision. */
async function inOrder(ctx: ReconciliationContext, targets: FluxTarget[]): Promise<Reconciled> {
  const sources = targets.filter(({ isSource }) => isSource);
  const rest = targets.filter(({ isSource }) => !isSource);
  const result: Reconciled = { asked: 0, failed: [] };
  for (const some of [sources, rest]) {
    if (some.length === 0) continue;
    const answered = await ask(ctx, some);
    result.asked += answered.asked;
    result.failed.push(...answered.failed);
  }
  return result;
}

async function ask(
  { db, actor, now, waitMs }: ReconciliationContext,
  targets: FluxTarget[],
): Promise<Reconciled> {
  const ids = await createAsks(
    db,
    targets.map(({ managementClusterId, home, clusterId, target }) => ({
      managementClusterId,
      clusterId: home === "workload" ? clusterId : null,
      verb: "reconcile",
      target,
      login: actor.login,
    })),
  );
  const answers = await runAsks(db, ids, waitMs);
  const pairs = targets.map((target, index) => ({ target, answer: answers[index] }));
  const done = pairs.filter(({ answer }) => answer?.state === "done");
  await appendAudit(
    db,
    done.map(({ target, answer }) => ({
      key: `reconcile:${answer?.id ?? ""}`,
      at: now,
      actor: actor.login,
      action: "flux.reconcile",
      target: `${target.kind} ${target.namespace}/${target.name}`,
      team: target.team,
      cluster: target.cluster,
      detail: { requestedAt: requestedAt(answer?.answer) },
    })),
  );
  return {
    asked: done.length,
    failed: pairs
      .filter(({ answer }) => answer?.state !== "done")
      .map(({ target, answer }) => ({
        name: `${target.kind} ${target.name}`,
        reason: answer?.error ?? "The engine did not answer in time.",
      })),
  };
}

const answerSchema = z.object({ requestedAt: z.string() });

function requestedAt(answer: unknown): string | null {
  const parsed = answerSchema.safeParse(answer);
  return parsed.success ? parsed.data.requestedAt : null;
}

function unique(targets: FluxTarget[]): FluxTarget[] {
  return [...new Map(targets.map((target) => [target.id, target])).values()];
}
