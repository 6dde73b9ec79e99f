import type { Db } from "../../db/client.ts";
import type { Actor } from "../../domain/access/actor.ts";

/** Nothing of the forge: reconciling and looking go by the engine alone. */
export interface ReconciliationContext {
  actor: Actor;
  now: Date;
  db: Db;
  /** How long the engine has to answer. */
  waitMs: number;
}
