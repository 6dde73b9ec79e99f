import type { PartRow } from "@/lib/domain/versions/parts-by-environment";
import { Card } from "@/components/ui/card";
import { Table } from "@/components/ui/table";

interface Props {
  title: string;
  label: string;
  parts: PartRow[];
  environments: string[];
  /** Clusters of which nothing is known, by environment. */
  unknown?: Record<string, number>;
}

/** Versions of controllers or add-ons by environment, with how many clusters run each. */
export function PartsCard({ title, label, parts, environments, unknown = {} }: Props) {
  const missing = environments.flatMap((name) =>
    unknown[name] ? [`${String(unknown[name])} in ${name}`] : [],
  );
  const differing = parts.filter(({ spread }) => spread > 1).length;
  return (
    <Card title={title} aside={differing > 0 ? `${String(differing)} in several versions` : undefined}>
      {parts.length === 0 && (
        <p className="px-3.5 pb-3 text-text-2">None is known on the clusters you see.</p>
      )}
      {parts.length > 0 && (
        <div className="max-h-[432px] overflow-y-auto">
          <Table
            label={label}
            columns={[
              { key: "part", label: "Name" },
              ...environments.map((name) => ({ key: `in ${name}`, label: name })),
            ]}
            rows={parts.map(({ part, cells }) => ({
              key: part,
              cells: {
                part: <span className="mono">{part}</span>,
                ...Object.fromEntries(
                  environments.map((name) => [`in ${name}`, <Versions key={name} of={cells[name] ?? []} />]),
                ),
              },
            }))}
          />
        </div>
      )}
      {missing.length > 0 && (
        <p className="border-t px-3.5 py-2 text-sm text-text-3">
          Not known, because their workloads are not read: {missing.join(", ")}.
        </p>
      )}
    </Card>
  );
}

function Versions({ of }: { of: PartRow["cells"][string] }) {
  if (of.length === 0) return <span className="text-text-3">·</span>;
  return (
    <ul>
      {of.map(({ version, count }) => (
        <li key={version ?? "not known"}>
          {version === null ? (
            <span className="text-text-3">not known</span>
          ) : (
            <span className="mono">{version}</span>
          )}{" "}
          <span className="text-text-3">× {count}</span>
        </li>
      ))}
    </ul>
  );
}
