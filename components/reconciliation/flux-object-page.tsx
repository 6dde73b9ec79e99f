"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { ApiError } from "@/lib/client/api-error";
import { queries } from "@/lib/client/queries";
import type { FluxObjectView } from "@/lib/queries/flux-views";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { ErrorState } from "@/components/ui/error-state";
import { GoneNotice } from "@/components/ui/gone-notice";
import { Skeleton } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import type { Reconcile } from "./contracts";
import { ObjectEvents } from "./object-events";
import { ObjectFacts, ObjectLink } from "./object-facts";
import { ObjectHead } from "./object-head";
import { ObjectInventory } from "./object-inventory";
import { ObjectNeighbours } from "./object-neighbours";
import { ObjectYaml } from "./object-yaml";
import { useReconcile } from "./use-reconcile";

const tabs = ["overview", "events", "yaml"] as const;
type Tab = (typeof tabs)[number];
const words: Record<Tab, string> = { overview: "Overview", events: "Events", yaml: "YAML" };

const panels: Record<Tab, (object: FluxObjectView) => ReactNode> = {
  overview: (object) => <Overview object={object} />,
  events: (object) => <ObjectEvents id={object.id} />,
  yaml: (object) => <ObjectYaml id={object.id} name={object.name} />,
};

/** One Flux object: how it is and why, what it hangs on, what it applied. */
export function FluxObjectPage({ id, reconcile }: { id: string; reconcile: Reconcile }) {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(queries.fluxObject(id));
  const [tab, setTab] = useQueryState(
    "tab",
    parseAsStringLiteral(tabs).withDefault("overview").withOptions({ history: "push" }),
  );
  const { pending, run } = useReconcile(
    reconcile,
    () => void client.invalidateQueries({ queryKey: ["lookAt", id] }),
  );
  const gone = error instanceof ApiError && error.status === 404;
  return (
    <>
      <PageHeader
        title={data ? `${data.kind} ${data.name}` : "Object"}
        parent={{ href: "/reconciliation", label: "Reconciliation" }}
      />
      <PageBody>
        {gone && (
          <GoneNotice
            title="This object is no longer here"
            back={{ href: "/reconciliation", label: "Go to all objects" }}
          >
            Its API server has it no more, or its cluster now belongs to a team you are not in.
          </GoneNotice>
        )}
        {error && !gone && (
          <div className="mb-4">
            <ErrorState
              title="The object could not be read"
              message={data ? `${error.message} Below is what we knew last.` : error.message}
              onRetry={() => void refetch()}
            />
          </div>
        )}
        {!data && !error && <Skeleton className="h-7 w-64" />}
        {data && (
          <>
            <ObjectHead
              object={data}
              pending={pending}
              onReconcile={(behind) => {
                run({ ids: [id], behind });
              }}
            />
            <Tabs
              label={`Parts of ${data.name}`}
              value={tab}
              onChange={(next) => void setTab(next)}
              tabs={tabs.map((value) => ({ value, label: words[value] }))}
            >
              {(value) => panels[value](data)}
            </Tabs>
          </>
        )}
      </PageBody>
    </>
  );
}

function Overview({ object }: { object: FluxObjectView }) {
  return (
    <div className="grid gap-4">
      {object.lastKnown !== null && (
        <p role="note" className="rounded-lg bg-attention-soft px-3.5 py-2.5">
          Nobody knows its state now; {object.lastKnown}.
        </p>
      )}
      {object.message !== null && (
        <section aria-label="Message" className="card px-3.5 py-3">
          {object.reason !== null && <p className="text-sm font-semibold">{object.reason}</p>}
          <p className="break-words whitespace-pre-wrap text-text-2">{object.message}</p>
          {object.blockedBy && (
            <p className="mt-2 flex gap-1.5">
              Blocked by <ObjectLink link={object.blockedBy} />
            </p>
          )}
        </section>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <ObjectFacts object={object} />
        <ObjectNeighbours object={object} />
      </div>
      <ObjectInventory object={object} />
    </div>
  );
}
