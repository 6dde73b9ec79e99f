import type { Actor } from "../domain/access/actor.ts";
import type { ChangeWorld } from "../changes/change-world.ts";
import type { Forge } from "../forge/forge.ts";

/** What every verb is given: who asks, when, and the two identities it may act with (decisions §1). */
export interface UseCaseContext {
  actor: Actor;
  now: Date;
  /** The portal's own work on changes; `world.asApp` is its own right. */
  world: ChangeWorld;
  /** With the person's own token; his rights, not ours. */
  asPerson: Forge;
}
