import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { NoRole } from "@/components/shell/no-role";
import { currentActor } from "@/lib/server/session";

export const metadata: Metadata = { title: "No role" };

/** Where a signed-in person without a role in this fleet ends up; he sees nothing of it. */
export default async function NoAccessPage() {
  const actor = await currentActor();
  if (!actor) redirect("/sign-in");
  if (actor.roles.length > 0) redirect("/");
  return <NoRole login={actor.login} />;
}
