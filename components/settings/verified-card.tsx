import type { AuditList } from "@/lib/queries/views";
import { StatusText } from "@/components/status/status-text";
import { RelativeTime } from "@/components/ui/relative-time";

/** What the last verification of the hash chain found, and the head to be noted outside. */
export function VerifiedCard({ verified }: { verified: AuditList["verified"] }) {
  if (verified === null) {
    return (
      <div className="card mb-3 px-3.5 py-2.5">
        <StatusText mark={{ tone: "waiting", word: "Not verified yet" }} />
        <p className="text-text-2">The chain is verified every night.</p>
      </div>
    );
  }
  const whole = verified.breaks.length === 0;
  return (
    <div className="card mb-3 grid gap-1 px-3.5 py-2.5">
      <div className="flex flex-wrap items-baseline gap-x-2.5">
        <StatusText
          mark={
            whole
              ? { tone: "healthy", word: "The chain is whole" }
              : { tone: "failed", word: "The chain is broken" }
          }
        />
        <span className="text-text-3">
          {verified.rows} rows verified <RelativeTime at={verified.at} ago />
        </span>
      </div>
      <p className="min-w-0 text-text-2">
        Head <code className="mono break-all">{verified.head === "" ? "(empty trail)" : verified.head}</code>
        <span className="text-text-3"> · note it outside of the database: npm run audit:verify takes it</span>
      </p>
      {!whole && (
        <ul className="grid gap-0.5 text-failed-text">
          {verified.breaks.map((one) => (
            <li key={one} className="break-words">
              {one}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
