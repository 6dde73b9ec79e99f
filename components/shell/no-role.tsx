"use client";

import { signOut } from "next-auth/react";
import { Button } from "@/components/ui/button";
import type { ShellView } from "@/lib/queries/views";
import { Logo } from "./logo";
import { NoticeText } from "./notice-text";

interface Props {
  login: string;
  /** Where it is the forge that does not confirm his teams. */
  notice: ShellView["notice"];
}

/** For a signed-in person whom fleet.yaml gives no role, or whose rights the forge does not confirm. */
export function NoRole({ login, notice }: Props) {
  return (
    <main className="grid min-h-screen place-items-center px-6">
      <div className="grid max-w-[420px] justify-items-start gap-3">
        <Logo size={26} />
        <h1 className="text-xl font-[620] tracking-tight">You have no role in this fleet, {login}</h1>
        <p className="text-text-2">
          Roles come from the fleet repository: <code className="mono">fleet.yaml</code> names the teams of
          your organisation that may view, request or approve. Ask a platform engineer to add one of your
          teams there, or to add you to one of its teams. It takes effect within a minute.
        </p>
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
