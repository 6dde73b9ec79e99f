import Link from "next/link";
import type { FluxRow } from "@/lib/queries/views";
import { RevisionText } from "@/components/commits/revision-text";
import { cx } from "@/components/ui/cx";
import { RelativeTime } from "@/components/ui/relative-time";
import { ListNote } from "./list-note";
import { FluxState } from "./flux-state";

interface Props {
  objects: FluxRow[];
  note: string | null;
  /** True to show namespace, home and message of each. */
  detailed?: boolean;
}

/** Flux objects in the order of their dependencies, indented under what they wait for or are made by. */
export function FluxList({ objects, note, detailed = false }: Props) {
  if (objects.length === 0) {
    return (
      <p className="border-t px-3.5 py-3 text-text-2">
        {note ?? "No Flux object belongs to this cluster yet."}
      </p>
    );
  }
  return (
    <>
      {note !== null && <ListNote>{note}</ListNote>}
      <ul className="px-3.5 pb-2">
        {objects.map((object) => (
          <li
            key={object.id}
            className={cx(
              "grid min-h-[31px] grid-cols-[minmax(0,1fr)_auto] items-center gap-x-2 border-t py-1 first:border-t-0 md:grid-cols-[minmax(0,1fr)_200px_64px_60px]",
              detailed && "first:border-t!",
            )}
          >
            <span className="truncate" style={{ paddingLeft: object.depth * 20 }}>
              <span className="text-sm text-text-3">{object.kind}</span>{" "}
              <Link href={`/reconciliation/${object.id}`} className="hover:underline">
                <code className="mono">{detailed ? `${object.namespace}/${object.name}` : object.name}</code>
              </Link>
            </span>
            <FluxState object={object} />
            <span className="mono text-text-3 max-md:hidden">
              <RevisionText revision={object.revision} />
            </span>
            <RelativeTime at={object.since} className="text-right text-text-3 max-md:hidden" />
            {detailed && object.message !== null && (
              <p
                className="col-span-full pb-1 text-[12.5px] break-words text-text-2"
                style={{ paddingLeft: object.depth * 20 }}
              >
                {object.message}
              </p>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
