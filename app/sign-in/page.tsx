import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignIn } from "@/components/shell/sign-in";
import { localPath } from "@/lib/server/local-path";
import { services } from "@/lib/server/services";
import { currentActor } from "@/lib/server/session";

export const metadata: Metadata = { title: "Sign in" };

/** The only page a signed-out person sees. Who is signed in comes here for a reason only: to do it again. */
export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { callbackUrl, error, status } = await searchParams;
  const { env } = services();
  const back = localPath(callbackUrl, env.FLEETWRIGHT_URL);
  const reason = typeof error === "string" ? error : null;
  if (reason === null && (await currentActor())) redirect(back);
  return (
    <SignIn
      forge={{ name: env.FORGE_NAME, statusUrl: env.FORGE_STATUS_URL ?? null, answered: Number(status) || 0 }}
      back={back}
      error={reason}
    />
  );
}
