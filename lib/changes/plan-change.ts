import { createHash } from "node:crypto";
import type { Actor } from "../domain/access/actor.ts";
import { renderBody } from "../domain/change/body.ts";
import type { ChangeKind, ChangeMeta } from "../domain/change/meta.ts";
import { branchName, changeTitle, commitMessage } from "../domain/change/naming.ts";
import type { NewIntent } from "../db/intents.ts";

export interface ChangePlan {
  /** v7 UUID; names the branch. */
  id: string;
  repositoryId: string;
  idempotencyKey: string;
  kind: ChangeKind;
  cluster: string;
  actor: Pick<Actor, "login" | "userId">;
  team: string | null;
  /** Head of the default branch the files were planned on. */
  baseSha: string;
  /** Path → content; null deletes. */
  files: Record<string, string | null>;
  what: string;
  why: string | null;
  undo: string;
  meta: Omit<ChangeMeta, "v" | "kind" | "intent" | "requestedBy" | "team" | "why" | "contentHash">;
  input: unknown;
}

/** Hash of a change's files: the same content gives the same hash, whatever the order. */
function contentHash(files: Record<string, string | null>): string {
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex").slice(0, 32);
}

/** Turns a plan into the row that survives a crash: branch, title, body and commit message are fixed here. */
export function planChange(plan: ChangePlan): NewIntent {
  const { id, kind, cluster, actor, team, why, files } = plan;
  const meta: ChangeMeta = {
    ...plan.meta,
    v: 1,
    kind,
    intent: id,
    requestedBy: actor.login,
    team,
    why,
    contentHash: contentHash(files),
  };
  const title = changeTitle(kind, cluster);
  return {
    id,
    repositoryId: plan.repositoryId,
    idempotencyKey: plan.idempotencyKey,
    kind,
    login: actor.login,
    userId: actor.userId,
    team,
    cluster,
    branch: branchName(kind, cluster, id),
    title,
    body: renderBody({ what: plan.what, why, login: actor.login, team, undo: plan.undo, meta }),
    message: commitMessage(title, why, actor.login),
    baseSha: plan.baseSha,
    files,
    input: plan.input,
  };
}
