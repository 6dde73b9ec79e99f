import { Skeleton } from "@/components/ui/skeleton";

/** The overview's frame while nothing is known yet. */
export function FleetSkeleton() {
  return (
    <div role="status" aria-busy aria-label="Reading the fleet">
      <Skeleton className="mb-3 h-7 w-[320px]" />
      <Skeleton className="mb-4 h-1.5 w-full" />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_372px]">
        <div className="card h-[262px] p-3.5">
          <Skeleton className="w-24" />
        </div>
        <div className="card h-[420px] p-3.5">
          <Skeleton className="w-32" />
        </div>
      </div>
    </div>
  );
}
