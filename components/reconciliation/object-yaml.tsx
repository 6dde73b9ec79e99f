"use client";

import { useQuery } from "@tanstack/react-query";
import { stringify } from "yaml";
import { queries } from "@/lib/client/queries";
import { CodeView } from "@/components/code/code-view";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";

/** The object as its API server has it at this moment; what may be secret was left out on the way. */
export function ObjectYaml({ id, name }: { id: string; name: string }) {
  const { data, error, isPending, refetch } = useQuery(queries.lookAt(id, "object"));
  if (isPending) return <Skeleton className="h-64 w-full" />;
  if (error)
    return <ErrorState title="It could not be read" message={error.message} onRetry={() => void refetch()} />;
  return (
    <div className="card overflow-hidden">
      <CodeView path={`${name}.yaml`} content={stringify(data, { lineWidth: 0 })} className="max-h-[70vh]" />
    </div>
  );
}
