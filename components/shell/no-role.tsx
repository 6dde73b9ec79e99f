"use client";

import { signOut } from "next-auth/react";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ShellView } from "@/lib/queries/views";
import { Logo } from "./logo";
import { NoticeText } from "./notice-text";

interface Props {
  login: string;
  /** Where it is the forge that does not confirm his teams. */
  notice: ShellView["notice"];
  /** Where the forge could not be asked for his teams: then nobody knows whether he has a role. */
  trouble: ShellView["trouble"];
}

const againAfterMs = 10_000;

/** For a signed-in person whom fleet.yaml gives no role, or whose rights the forge does not confirm or tell. */
export function NoRole({ login, notice, trouble = null }: Props) {
  const unknown = trouble !== null;
  useAskingAgain(unknown);
  return (
    <main className="grid min-h-screen place-items-center px-6">
      <div className="grid max-w-[420px] justify-items-start gap-3">
        <Logo size={26} />
        <h1 className="text-xl font-[620] tracking-tight">
          {unknown ? `Your role cannot be read now, ${login}` : `You have no role in this fleet, ${login}`}
        </h1>
        {trouble === null ? (
          <p className="text-text-2">
            Roles come from the fleet repository: <code className="mono">fleet.yaml</code> names the teams of
            your organisation that may view, request or approve. Ask a platform engineer to add one of your
            teams there, or to add you to one of its teams. It takes effect within a minute.
          </p>
        ) : (
          <>
            <p className="text-text-2">
              Roles come from your teams on the forge, and it could not say which they are. You stay signed
              in; it is asked again every few seconds, and the portal opens by itself if you have a role.
            </p>
            <p role="status" className="rounded-md bg-attention-soft px-3 py-2">
              {trouble.sentence} Asked <RelativeTime at={trouble.at} ago />.
            </p>
          </>
        )}
        {notice && (
          <p role="status" className="rounded-md bg-attention-soft px-3 py-2">
            <NoticeText notice={notice} /> Then check again.
          </p>
        )}
        <div className="mt-1 flex gap-2">
          <Button
            onClick={() => {
              window.location.reload();
            }}
          >
            Check again
          </Button>
          <Button variant="quiet" onClick={() => void signOut({ callbackUrl: "/sign-in" })}>
            Sign out
          </Button>
        </div>
      </div>
    </main>
  );
}

/** The page is made anew by the server, which asks the forge and leads on where there is a role by now. */
function useAskingAgain(active: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => {
      router.refresh();
    }, againAfterMs);
    return () => {
      clearInterval(timer);
    };
  }, [active, router]);
}
