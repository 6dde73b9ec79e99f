import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignIn } from "@/components/shell/sign-in";
import { localPath } from "@/lib/server/local-path";
import { services } from "@/lib/server/services";
import { currentActor } from "@/lib/server/session";

export const metadata: Metadata = { title: "Sign in" };

/** The only page a signed-out person sees. */
export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { callbackUrl, error } = await searchParams;
  const { env } = services();
  const back = localPath(callbackUrl, env.FLEETWRIGHT_URL);
  if (await currentActor()) redirect(back);
  return <SignIn forgeName={env.FORGE_NAME} back={back} error={typeof error === "string" ? error : null} />;
}
