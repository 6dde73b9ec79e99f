"use client";

import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { ErrorState } from "@/components/ui/error-state";

interface Props {
  error: Error & { digest?: string };
  reset: () => void;
}

/** A page that failed as a whole; the number finds the reason in the log. */
export default function PortalError({ error, reset }: Props) {
  const reference = error.digest === undefined ? "" : ` Its number in the log is ${error.digest}.`;
  return (
    <>
      <PageHeader title="Not available" />
      <PageBody>
        <ErrorState
          title="This page could not be made"
          message={`Fleetwright could not read what it needs, most likely its database. Nothing was changed.${reference}`}
          onRetry={reset}
        />
      </PageBody>
    </>
  );
}
