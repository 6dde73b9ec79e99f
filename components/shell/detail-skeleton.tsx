import { Skeleton } from "@/components/ui/skeleton";
import { PageBody } from "./page-body";
import { PageHeader } from "./page-header";

interface Props {
  title?: string;
  parent?: { href: string; label: string };
}

/** Two columns of nothing yet, in the size of what comes. */
export function DetailSkeleton({ title = "…", parent }: Props) {
  return (
    <>
      <PageHeader title={title} parent={parent} />
      <PageBody>
        <div role="status" aria-busy aria-label="Reading">
          <Skeleton className="mb-3 h-7 w-64" />
          <Skeleton className="mb-6 h-4 w-96 max-w-full" />
          <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_372px]">
            <div className="card h-[300px]" />
            <div className="card h-[220px]" />
          </div>
        </div>
      </PageBody>
    </>
  );
}
