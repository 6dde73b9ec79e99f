"use client";

import { PageFailure } from "@/components/shell/page-failure";
import { databaseAwayDigest } from "@/lib/server/database-away";

/** When not even the frame could be made. */
export default function RootError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <main className="mx-auto max-w-[560px] px-6 pt-[20vh]">
      <PageFailure
        databaseAway={error.digest === databaseAwayDigest}
        title="Fleetwright is not available"
        digest={error.digest}
        onRetry={reset}
      />
    </main>
  );
}
