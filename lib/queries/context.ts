import type { Actor } from "../domain/access/actor.ts";
import type { Db } from "../db/client.ts";

/** What every query is given: who asks, and when. Queries never ask a forge or a cluster. */
export interface ReadContext {
  db: Db;
  actor: Actor;
  now: Date;
  /** Web address of the forge, for links to the fleet repository; without it they are made from a pull request's. */
  forgeUrl?: string;
}
