"use client";

import { PageBody } from "@/components/shell/page-body";
import { PageFailure } from "@/components/shell/page-failure";
import { PageHeader } from "@/components/shell/page-header";
import { databaseAwayDigest } from "@/lib/server/database-away";

interface Props {
  error: Error & { digest?: string };
  reset: () => void;
}

/** A page that failed as a whole; the number finds the reason in the log. */
export default function PortalError({ error, reset }: Props) {
  return (
    <>
      <PageHeader title="Not available" />
      <PageBody>
        <PageFailure
          databaseAway={error.digest === databaseAwayDigest}
          title="This page could not be made"
          digest={error.digest}
          onRetry={reset}
        />
      </PageBody>
    </>
  );
}
