"use client";

import { signIn } from "next-auth/react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Logo } from "./logo";

interface Forge {
  /** What people call it: "GitHub". */
  name: string;
  /** Where it says how it is; null where nobody told us. */
  statusUrl: string | null;
  /** The status by which it failed the last sign-in; 0 where no answer came. */
  answered: number;
}

interface Props {
  forge: Forge;
  /** Where to go afterwards. */
  back: string;
  /** next-auth's code of what went wrong. */
  error: string | null;
}

const sentences: Record<string, string> = {
  AccessDenied:
    "The forge did not let you in. Ask a platform engineer whether your account belongs to the organisation.",
  OAuthCallback: "The forge's answer could not be used. Try again; if it stays so, ask a platform engineer.",
  OAuthSignin: "The forge could not be reached. Try again in a minute.",
  Callback: "The forge let you in, but Fleetwright could not finish. Try again in a minute.",
  MissingScope:
    "Fleetwright was not granted what it needs (repo, read:org). Sign in again and grant both; where your organisation restricts OAuth apps, one of its owners must approve Fleetwright first.",
  OAuthAccountNotLinked:
    "You are still signed in as somebody else. Go back, sign out there, then sign in with the other account.",
  SignInAgain: "The forge no longer accepts your sign-in: it expired, or was revoked. Sign in again.",
  SessionRequired: "Your session has ended. Sign in again.",
};

/** What became of a sign-in that the forge failed; never more of its answer than the number. */
function troubleOf({ name, answered }: Forge): string {
  if (answered >= 500) return `${name} is in trouble (${String(answered)})`;
  return answered === 0
    ? `${name} did not answer`
    : `${name} refused to say who you are (${String(answered)})`;
}

function Why({ error, forge }: { error: string; forge: Forge }) {
  if (error !== "ForgeTrouble")
    return sentences[error] ?? "Signing in did not work. Try again; if it stays so, ask a platform engineer.";
  return (
    <>
      {troubleOf(forge)}, so you could not be signed in. Try again in a minute.
      {forge.statusUrl !== null && (
        <>
          {" "}
          <a href={forge.statusUrl} target="_blank" rel="noreferrer" className="underline">
            Status of {forge.name}
          </a>
        </>
      )}
    </>
  );
}

/** One sentence about what this is, one button. */
export function SignIn({ forge, back, error }: Props) {
  const [busy, setBusy] = useState(false);
  const start = () => {
    setBusy(true);
    void signIn("forge", { callbackUrl: back });
  };
  return (
    <main className="grid min-h-screen place-items-center px-6">
      <div className="grid w-full max-w-[320px] gap-5">
        <div className="grid gap-2">
          <Logo size={28} />
          <h1 className="text-2xl font-[620] tracking-tight">Fleetwright</h1>
          <p className="text-text-2">Fleets of Kubernetes clusters, changed by pull request.</p>
        </div>
        {error !== null && (
          <p role="alert" className="rounded-md bg-failed-soft px-3 py-2 text-failed-text">
            <Why error={error} forge={forge} />
          </p>
        )}
        <Button variant="primary" size="large" disabled={busy} onClick={start} className="w-full">
          {busy ? `Going to ${forge.name}…` : `Sign in with ${forge.name}`}
        </Button>
        <p className="text-sm text-text-3">
          You act here with your own rights on {forge.name}: what you may not do there, you cannot do here.
        </p>
      </div>
    </main>
  );
}
