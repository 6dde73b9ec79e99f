import Link from "next/link";
import { fluxLayers } from "@/lib/domain/cluster/flux-layers";
import type { FluxRow } from "@/lib/queries/views";
import { StatusMark } from "@/components/status/status-mark";

const box = { width: 208, height: 46 };
const gap = { x: 56, y: 12 };

interface Placed {
  object: FluxRow;
  x: number;
  y: number;
}

/** Flux objects from left to right: each behind all it waits for or is made by; every box leads to its object. */
export function FluxGraph({ objects, label }: { objects: FluxRow[]; label: string }) {
  const layers = fluxLayers(objects.map((object) => ({ ...object, after: object.after ?? [] })));
  const placed = layers.flatMap((layer, column) =>
    layer.map((object, row): Placed => ({
      object,
      x: column * (box.width + gap.x),
      y: row * (box.height + gap.y),
    })),
  );
  const byId = new Map(placed.map((one) => [one.object.id, one]));
  const width = layers.length * (box.width + gap.x) - gap.x;
  const height = Math.max(0, ...layers.map(({ length }) => length)) * (box.height + gap.y) - gap.y;
  if (placed.length === 0) return <p className="border-t px-3.5 py-3 text-text-2">No Flux object here.</p>;
  return (
    <div className="overflow-x-auto border-t p-3.5">
      <div className="relative" style={{ width, height }}>
        <svg aria-hidden width={width} height={height} className="absolute inset-0">
          {placed.flatMap((to) =>
            (to.object.after ?? []).flatMap((id) => {
              const from = byId.get(id);
              return from ? [<Edge key={`${id}>${to.object.id}`} from={from} to={to} />] : [];
            }),
          )}
        </svg>
        <ul aria-label={label}>
          {placed.map((one) => (
            <Box key={one.object.id} placed={one} names={namesOf(one.object, byId)} />
          ))}
        </ul>
      </div>
    </div>
  );
}

const namesOf = ({ after = [] }: FluxRow, byId: ReadonlyMap<string, Placed>): string[] =>
  after.flatMap((id) => byId.get(id)?.object.name ?? []);

function Edge({ from, to }: { from: Placed; to: Placed }) {
  const [x1, y1] = [from.x + box.width, from.y + box.height / 2];
  const [x2, y2] = [to.x, to.y + box.height / 2];
  const half = Math.max(20, (x2 - x1) / 2);
  const path = `M${x1} ${y1} C${x1 + half} ${y1} ${x2 - half} ${y2} ${x2} ${y2}`;
  return <path d={path} fill="none" className="stroke-line-strong" strokeWidth={1.5} />;
}

function Box({ placed: { object, x, y }, names }: { placed: Placed; names: string[] }) {
  const { id, kind, name, mark } = object;
  const after = names.length === 0 ? "" : `, after ${names.join(" and ")}`;
  return (
    <li className="absolute" style={{ left: x, top: y, width: box.width, height: box.height }}>
      <Link
        href={`/reconciliation/${id}`}
        aria-label={`${kind} ${name}, ${mark.word}${after}`}
        title={`${kind} ${object.namespace}/${name}: ${mark.word}`}
        className="card flex h-full items-center gap-2 px-2.5 hover:bg-hover"
      >
        <StatusMark mark={mark} />
        <span className="min-w-0">
          <code className="mono block truncate">{name}</code>
          <span className="block truncate text-sm text-text-3">
            {kind} · {mark.word}
          </span>
        </span>
      </Link>
    </li>
  );
}
