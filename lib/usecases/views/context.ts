import type { Db } from "../../db/client.ts";
import type { Actor } from "../../domain/access/actor.ts";

/** What a person keeps for himself needs neither forge nor cluster. */
export interface ViewsContext {
  actor: Actor;
  db: Db;
}
