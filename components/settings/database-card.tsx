import type { HealthView } from "@/lib/queries/views";
import { StatusText } from "@/components/status/status-text";
import { Card } from "@/components/ui/card";
import { Fact, Facts } from "./facts";

/** The database this page was read from. */
export function DatabaseCard({ database }: { database: HealthView["database"] }) {
  const { mark, version, sizeBytes, answeredMs, connections } = database;
  return (
    <Card title="Database" aside={`PostgreSQL ${version}`} end={<StatusText mark={mark} />}>
      <Facts>
        <Fact label="Answered in">{answeredMs} ms</Fact>
        <Fact label="Size">{(sizeBytes / 1_048_576).toFixed(1)} MiB</Fact>
        <Fact label="Connections">{connections}</Fact>
      </Facts>
    </Card>
  );
}
