import { z } from "zod";
import { findPreference } from "../db/preferences.ts";
import { savedViews } from "../db/saved-views.ts";
import type { ReadContext } from "./context.ts";
import type { SavedViews } from "./views.ts";

/** The views of a page that a person may open: his own and his teams'; and what he may share with. */
export async function listViews({ db, actor }: ReadContext, page: string): Promise<SavedViews> {
  const anyTeam = actor.roles.includes("platform-engineer");
  const rows = await savedViews(db, { page, login: actor.login, teams: anyTeam ? null : actor.teams });
  return {
    views: rows.map(({ id, name, search, team, login }) => ({
      id,
      name,
      search,
      team,
      login,
      mine: login === actor.login,
      deletable: login === actor.login || anyTeam,
    })),
    teams: actor.teams,
  };
}

const columns = z.array(z.string());

/** Columns of the cluster list as the person last chose them; null where he never did. */
export async function chosenColumns({ db, actor }: ReadContext): Promise<string[] | null> {
  const parsed = columns.safeParse(await findPreference(db, actor.userId, "clusters.columns"));
  return parsed.success ? parsed.data : null;
}
