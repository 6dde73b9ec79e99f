import { Skeleton } from "@/components/ui/skeleton";

const widths = [
  "w-24",
  "w-28",
  "w-20",
  "w-32",
  "w-24",
  "w-28",
  "w-20",
  "w-24",
  "w-28",
  "w-24",
  "w-32",
  "w-20",
];

/** The list's frame while nothing is known yet. */
export function ClustersSkeleton() {
  return (
    <div
      role="status"
      aria-busy
      aria-label="Reading the clusters"
      className="grid items-start gap-4 lg:grid-cols-[168px_minmax(0,1fr)]"
    >
      <div className="grid gap-3 max-lg:hidden">
        {widths.slice(0, 8).map((width, index) => (
          <Skeleton key={index} className={width} />
        ))}
      </div>
      <div>
        <Skeleton className="mb-2.5 h-[30px] w-full max-w-[420px]" />
        <div className="card">
          {widths.map((width, index) => (
            <div key={index} className="flex h-[30px] items-center gap-8 border-b px-3.5 last:border-b-0">
              <Skeleton className={width} />
              <Skeleton className="w-40" />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
