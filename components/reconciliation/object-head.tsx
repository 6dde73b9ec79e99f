import Link from "next/link";
import type { FluxObjectView } from "@/lib/queries/flux-views";
import { StatusText } from "@/components/status/status-text";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";

interface Props {
  object: FluxObjectView;
  pending: boolean;
  onReconcile: (behind: boolean) => void;
}

/** Kind, name and state of the object, and what can be done with it. */
export function ObjectHead({ object, pending, onReconcile }: Props) {
  const { reconcile, suspended } = object;
  const why = suspended ? "It is suspended in Git; resume it there first." : reconcile.reason;
  const disabled = pending || !reconcile.allowed || suspended;
  return (
    <div className="mb-4 flex flex-wrap items-start gap-3">
      <div className="min-w-0">
        <p className="text-2xl font-[620] tracking-tight break-words">
          <span className="font-[520] text-text-3">{object.kind}</span> {object.name}
        </p>
        <p className="mt-1 text-text-2">
          <StatusText mark={object.mark} />
          <span className="text-text-3">
            {" "}
            · for <RelativeTime at={object.since} /> · namespace{" "}
            <code className="mono">{object.namespace}</code> on{" "}
            {object.home === "management" || !object.cluster ? "the management cluster" : object.cluster.name}
            {object.cluster && (
              <>
                {" · "}
                <Link
                  href={`/clusters/${object.cluster.slug}?tab=reconciliation`}
                  className="hover:underline"
                >
                  {object.cluster.name}
                </Link>
              </>
            )}
          </span>
        </p>
        {object.demand === "asked" && (
          <p role="status" className="mt-1 text-progress-text">
            Flux was asked to reconcile it and has not said so yet.
          </p>
        )}
        {object.demand === "handled" && object.handledAt !== null && (
          <p className="mt-1 text-text-3">The last wish to reconcile it was handled.</p>
        )}
      </div>
      <div className="ml-auto grid justify-items-end gap-1">
        <div className="flex gap-2">
          {object.isSource && (
            <Button
              disabled={disabled}
              onClick={() => {
                onReconcile(true);
              }}
            >
              Reconcile it and all behind it
            </Button>
          )}
          <Button
            variant="primary"
            disabled={disabled}
            onClick={() => {
              onReconcile(false);
            }}
          >
            {pending ? "Asking Flux…" : "Reconcile now"}
          </Button>
        </div>
        {why !== null && <p className="max-w-[44ch] text-right text-sm text-text-3">{why}</p>}
      </div>
    </div>
  );
}
