import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { NoRole } from "@/components/shell/no-role";
import { findActor } from "@/lib/server/actor";
import { readTeams } from "@/lib/server/auth/teams";
import { currentActor } from "@/lib/server/session";

export const metadata: Metadata = { title: "No role" };

/**
 * Where a signed-in person without a role in this fleet ends up; he sees nothing of it. The one page that waits for
 * the forge: whoever is here may just have been given a team, or have signed on to his organisation.
 */
export default async function NoAccessPage() {
  const before = await currentActor();
  if (!before) redirect("/sign-in");
  const actor = (await readAgain(before.userId)) ?? before;
  if (actor.roles.length > 0) redirect("/");
  const { login, notice, trouble } = actor;
  return (
    <NoRole
      login={login}
      notice={notice}
      trouble={trouble ? { sentence: trouble.sentence, at: trouble.at.toISOString() } : null}
    />
  );
}

async function readAgain(userId: string) {
  // What was refused stands in the actor's notice; the log has the rest.
  await readTeams(userId).catch(() => undefined);
  return findActor(userId);
}
