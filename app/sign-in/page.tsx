import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignIn } from "@/components/shell/sign-in";
import { services } from "@/lib/server/services";
import { currentActor } from "@/lib/server/session";

export const metadata: Metadata = { title: "Sign in" };

/** The only page a signed-out person sees. */
export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { callbackUrl, error } = await searchParams;
  const back = localPath(callbackUrl);
  if (await currentActor()) redirect(back);
  return (
    <SignIn
      forgeName={services().env.FORGE_NAME}
      back={back}
      error={typeof error === "string" ? error : null}
    />
  );
}

/** Only a path of this site: a link to us must not lead elsewhere. */
function localPath(value: string | string[] | undefined): string {
  return typeof value === "string" && /^\/(?![/\\])/.test(value) ? value : "/";
}
