import type { HealthView } from "@/lib/queries/views";
import { StatusText } from "@/components/status/status-text";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table } from "@/components/ui/table";
import { Fact, Facts } from "./facts";
import { RulesBlock } from "./rules-block";

const columns = [
  { key: "kind", label: "Kind" },
  { key: "version", label: "Version read" },
  { key: "state", label: "State" },
];

/** The API server all is read from: who leads, how old it is, and how each kind goes. */
export function ManagementCard({ management }: { management: HealthView["management"] }) {
  if (!management) {
    return (
      <Card title="Management cluster">
        <EmptyState title="No engine has run yet">
          The first one that reaches the cluster of MANAGEMENT_KUBECONFIG writes here how that goes.
        </EmptyState>
      </Card>
    );
  }
  const { slug, server, mark, kinds, missingRules } = management;
  return (
    <Card title="Management cluster" aside={slug} end={<StatusText mark={mark} />}>
      <Facts>
        <Fact label="Server">
          <span className="mono">{server}</span>
        </Fact>
        <Fact label="Leader">
          {management.leader === null ? (
            "nobody yet"
          ) : (
            <>
              <span className="mono">{management.leader}</span>
              {management.leaderSince !== null && (
                <span className="text-text-3">
                  {" "}
                  since <RelativeTime at={management.leaderSince} />
                </span>
              )}
            </>
          )}
        </Fact>
        <Fact label="First sync">
          {management.syncedAt === null ? "not done yet" : <RelativeTime at={management.syncedAt} ago />}
        </Fact>
        <Fact label="Last answer">
          {management.lastContactAt === null ? (
            "none yet"
          ) : (
            <RelativeTime at={management.lastContactAt} ago />
          )}
        </Fact>
        <Fact label="Missed by watch">
          {management.missedByWatch === 0
            ? "nothing"
            : `${management.missedByWatch} objects that a list showed later`}
        </Fact>
        {management.error !== null && <Fact label="Error">{management.error}</Fact>}
      </Facts>
      {missingRules !== null && (
        <RulesBlock rules={missingRules} name="missing-rules-management">
          Our account may not read all it should. Add to the rules of ClusterRole fleetwright-read:
        </RulesBlock>
      )}
      <Table
        label="Kinds"
        columns={columns}
        rows={kinds.map((kind) => ({
          key: `${kind.group}/${kind.kind}`,
          cells: {
            kind: (
              <>
                <span className="font-[540]">{kind.kind}</span>{" "}
                <span className="text-text-3">{kind.group === "" ? "core" : kind.group}</span>
              </>
            ),
            version: <span className="mono">{kind.version ?? "–"}</span>,
            state: <StatusText mark={kind.mark} />,
          },
          below: kind.message,
        }))}
      />
    </Card>
  );
}
