import Link from "next/link";
import type { CauseView } from "@/lib/queries/views";
import { CommitLink } from "./commit-link";

/** Where a cause is: the objects that fail, each a link to its page, and the commit they fail on. */
export function CausePlaces({ objects, commit }: Pick<CauseView, "objects" | "commit">) {
  if (objects.length === 0 && commit === null) return null;
  return (
    <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
      {objects.length > 0 && (
        <>
          <dt className="text-text-2">{objects.length === 1 ? "Failing object" : "Failing objects"}</dt>
          <dd>
            <ul>
              {objects.map(({ id, label, cluster }) => (
                <li key={id} className="break-words">
                  <Link href={`/reconciliation/${id}`} className="text-link">
                    {label}
                  </Link>
                  {cluster !== null && <span className="text-text-2"> on {cluster}</span>}
                </li>
              ))}
            </ul>
          </dd>
        </>
      )}
      {commit !== null && (
        <>
          <dt className="text-text-2">Commit</dt>
          <dd className="min-w-0">
            <CommitLink commit={commit} />
          </dd>
        </>
      )}
    </dl>
  );
}
