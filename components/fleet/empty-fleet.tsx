import Link from "next/link";
import type { FleetOverview, ShellView } from "@/lib/queries/views";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { InFlightCard } from "./in-flight-card";
import { WaitingCard } from "./waiting-card";

interface Props {
  shell: ShellView | undefined;
  waiting: FleetOverview["waitingForMe"];
  inFlight: FleetOverview["inFlight"];
}

/** No cluster yet, or none this person may see: why, and how to get one. */
export function EmptyFleet({ shell, waiting, inFlight }: Props) {
  return (
    <div className="grid gap-4">
      <EmptyState
        title="No cluster here yet"
        action={
          shell?.canRequest && (
            <Link href="/clusters/new" className={buttonClass("primary", "large")}>
              New cluster
            </Link>
          )
        }
      >
        Clusters appear once they are merged in{" "}
        {shell ? (
          <a href={shell.repository.url} className="text-link" target="_blank" rel="noreferrer">
            {shell.repository.fullName}
          </a>
        ) : (
          "the fleet repository"
        )}{" "}
        and your teams may see them.
      </EmptyState>
      <WaitingCard changes={waiting} />
      {inFlight.length > 0 && <InFlightCard changes={inFlight} />}
    </div>
  );
}
