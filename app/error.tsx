"use client";

import { ErrorState } from "@/components/ui/error-state";

/** When not even the frame could be made. */
export default function RootError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const reference = error.digest === undefined ? "" : ` Its number in the log is ${error.digest}.`;
  return (
    <main className="mx-auto max-w-[560px] px-6 pt-[20vh]">
      <ErrorState
        title="Fleetwright is not available"
        message={`It could not read what it needs, most likely its database. It may be back in a minute.${reference}`}
        onRetry={reset}
      />
    </main>
  );
}
