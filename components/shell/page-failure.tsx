"use client";

import { useEffect, useState } from "react";
import { ErrorState } from "@/components/ui/error-state";

interface Props {
  /** Known to be the database's absence; elsewise the API is asked. */
  databaseAway: boolean;
  title: string;
  /** The error's number in the log. */
  digest: string | undefined;
  onRetry: () => void;
  /** When the database answers again. */
  onBack?: () => void;
}

/** A page that could not be made. Where it is the database, it says so and comes back by itself. */
export function PageFailure({ databaseAway, title, digest, onRetry, onBack = reload }: Props) {
  const away = useDatabaseAway(databaseAway, onBack);
  if (away) {
    return (
      <ErrorState
        title="The database cannot be reached"
        message="It is tried again every few seconds, and this page comes back by itself. You stay signed in; nothing was changed."
        onRetry={onBack}
      />
    );
  }
  const reference = digest === undefined ? "" : ` Its number in the log is ${digest}.`;
  return (
    <ErrorState
      title={title}
      message={`Fleetwright failed, not you; nothing was changed. Try again in a moment.${reference}`}
      onRetry={onRetry}
    />
  );
}

const periodMs = 4_000;

/** Asks the API until the database answers again, which `onBack` is then told; once only where it was not away. */
function useDatabaseAway(known: boolean, onBack: () => void): boolean {
  const [away, setAway] = useState(known);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    let wasAway = known;
    const ask = async (): Promise<void> => {
      const status = await askStatus();
      if (stopped) return;
      if (status !== 503) {
        if (wasAway) onBack();
        return;
      }
      wasAway = true;
      setAway(true);
      timer = setTimeout(() => void ask(), periodMs);
    };
    void ask();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [known, onBack]);
  return away;
}

/** 503 while the database is away, and where no answer comes at all. */
async function askStatus(): Promise<number> {
  const response = await fetch("/api/v1/shell", { cache: "no-store" }).catch(() => null);
  return response?.status ?? 503;
}

function reload(): void {
  window.location.reload();
}
