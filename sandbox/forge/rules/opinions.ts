import type { ForgePermission } from "../../contracts.ts";
import { roleAtLeast } from "../http/caller.ts";
import type { Pull } from "../state/state.ts";
import type { Opinion } from "./merge-rules.ts";

/** Each reviewer's latest opinion; comments, pending and dismissed reviews are none, and a dismissal ends the one before. */
export function latestOpinions(pull: Pull, roleOf: (login: string) => ForgePermission | null): Opinion[] {
  const opinions = new Map<string, Opinion>();
  for (const { login, state, id } of pull.reviews) {
    if (state === "DISMISSED") opinions.delete(login);
    if (state !== "APPROVED" && state !== "CHANGES_REQUESTED") continue;
    opinions.set(login, {
      login,
      state,
      canWrite: roleAtLeast(roleOf(login), "push"),
      afterLastPush: id > pull.lastPush.sequence,
    });
  }
  return [...opinions.values()];
}
