"use client";

import { useState, useTransition } from "react";
import type { Failure, Result } from "@/lib/domain/result";
import type { PersonView } from "@/lib/queries/views";
import { roleWords } from "@/components/shell/role-words";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FailureNote } from "@/components/ui/failure-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toasts";

/** The server action behind "Sign out everywhere". */
export type EndSessions = (input: { userId: string }) => Promise<Result<unknown>>;

interface Props {
  person: PersonView;
  end: EndSessions;
  onEnded: () => void;
}

/** A person with a session, and the button that ends all of them, asked twice. */
export function SignedInPerson({ person, end, onEnded }: Props) {
  const [asking, setAsking] = useState(false);
  const [pending, start] = useTransition();
  const [failure, setFailure] = useState<Failure | null>(null);
  const { login, name, you, roles, sessions, rightsReadAt } = person;
  const onEnd = () => {
    start(async () => {
      const result = await end({ userId: person.id }).catch((): Failure => ({
        ok: false,
        code: "unavailable",
        message: "Fleetwright did not answer. Look at the list before you try again.",
      }));
      setFailure(result.ok ? null : result);
      setAsking(false);
      if (result.ok) toast("done", `${login} is signed out everywhere`);
      onEnded();
    });
  };
  return (
    <li className="grid gap-1 border-t px-3.5 py-2.5">
      <div className="flex flex-wrap items-center gap-x-2.5">
        <span className="font-[540]">{login}</span>
        {name !== login && <span className="text-text-2">{name}</span>}
        {you && <span className="text-text-3">you</span>}
        <span className="text-text-2">{roleWords(roles)}</span>
        <span className="text-text-3">
          {sessions} {sessions === 1 ? "session" : "sessions"}, rights{" "}
          {rightsReadAt === null ? "never read" : "read "}
          {rightsReadAt !== null && <RelativeTime at={rightsReadAt} ago />}
        </span>
        <span className="ml-auto">
          <Button
            variant="danger"
            onClick={() => {
              setAsking(true);
            }}
            aria-label={`Sign ${login} out everywhere`}
          >
            Sign out everywhere
          </Button>
        </span>
      </div>
      {failure && <FailureNote failure={failure} />}
      <Dialog
        open={asking}
        onClose={() => {
          setAsking(false);
        }}
        title={`Sign ${login} out everywhere?`}
      >
        <p className="px-4 pb-3 text-text-2">
          Every browser {you ? "of yours, this one included," : "of this person"} is signed out at once, and
          the audit trail says that you did it. Whoever the forge still lets in can sign in again: to keep
          somebody out, take the person out of the organisation&apos;s teams first.
        </p>
        <div className="flex justify-end gap-2 border-t px-4 py-3">
          <Button
            onClick={() => {
              setAsking(false);
            }}
          >
            Cancel
          </Button>
          <Button variant="danger" disabled={pending} onClick={onEnd}>
            {pending ? "Signing out…" : "Sign out"}
          </Button>
        </div>
      </Dialog>
    </li>
  );
}
