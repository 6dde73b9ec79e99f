import type { FluxObjectView } from "@/lib/queries/flux-views";
import { Card } from "@/components/ui/card";
import { Table } from "@/components/ui/table";

/** What a Kustomization applied, as its inventory lists it. */
export function ObjectInventory({ object }: { object: FluxObjectView }) {
  const { inventory } = object;
  if (inventory.length === 0) return null;
  return (
    <Card title="Applied objects" aside={String(inventory.length)}>
      <div className="max-h-[420px] overflow-y-auto">
        <Table
          label="Applied objects"
          columns={[
            { key: "kind", label: "Kind" },
            { key: "namespace", label: "Namespace" },
            { key: "name", label: "Name" },
          ]}
          rows={inventory.map(({ kind, group, namespace, name }) => ({
            key: `${namespace}/${name}/${group}/${kind}`,
            cells: {
              kind: <span title={group}>{kind}</span>,
              namespace: <code className="mono text-text-3">{namespace || "–"}</code>,
              name: <code className="mono">{name}</code>,
            },
          }))}
        />
      </div>
    </Card>
  );
}
