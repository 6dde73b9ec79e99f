import type { HealthView } from "@/lib/queries/views";
import { StatusMark } from "@/components/status/status-mark";
import { StatusText } from "@/components/status/status-text";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Fact, Facts } from "./facts";

const senders: Record<string, string> = { forge: "Forge's webhook", flux: "Flux's webhook" };

/** The fleet repository's forge: last reading, its errors, webhooks, and what its protection lacks. */
export function ForgeCard({ forge }: { forge: HealthView["forge"] }) {
  if (!forge) {
    return (
      <Card title="Forge">
        <EmptyState title="The fleet repository has not been read yet" />
      </Card>
    );
  }
  return (
    <Card title="Forge" aside={forge.fullName} end={<StatusText mark={forge.mark} />}>
      <Facts>
        <Fact label="Last fetch">
          <Reading at={forge.fetchedAt} error={forge.fetchError} />
        </Fact>
        <Fact label="Last poll">
          <Reading at={forge.polledAt} error={forge.pollError} />
        </Fact>
        {forge.webhooks.map(({ source, at }) => (
          <Fact key={source} label={senders[source] ?? source}>
            {at === null ? (
              <span className="text-text-2">never heard from; polling does its work, later</span>
            ) : (
              <RelativeTime at={at} ago />
            )}
          </Fact>
        ))}
      </Facts>
      <div className="border-t px-3.5 py-3">
        <h3 className="mb-1 font-[560]">Branch protection and configuration</h3>
        {forge.gaps.length === 0 ? (
          <p className="text-text-2">Nothing lacks.</p>
        ) : (
          <ul className="grid gap-1.5">
            {forge.gaps.map((gap) => (
              <li key={gap} className="flex items-start gap-2 text-text-2">
                <StatusMark mark={{ tone: "attention", word: "Gap" }} className="mt-[3px]" />
                {gap}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}

function Reading({ at, error }: { at: string | null; error: string | null }) {
  return (
    <>
      {at === null ? "none went well yet" : <RelativeTime at={at} ago />}
      {error !== null && <p className="text-failed-text">Since then: {error}</p>}
    </>
  );
}
