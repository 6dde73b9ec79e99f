import Link from "next/link";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** A cluster or change that is not there, or not this person's to see: both look the same. */
export default function NotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <PageBody>
        <EmptyState
          title="There is nothing here"
          action={
            <Link href="/" className={buttonClass()}>
              Go to the fleet
            </Link>
          }
        >
          It may be gone, never have existed, or belong to a team you are not in.
        </EmptyState>
      </PageBody>
    </>
  );
}
