import type { CheckView } from "@/lib/queries/views";
import { StatusMark } from "@/components/status/status-mark";
import { Card } from "@/components/ui/card";

interface Props {
  checks: CheckView[];
  /** Why the forge cannot be read now; then ours do not start. */
  trouble?: string | null;
}

/** Checks that ran, each with its reason; parts of a check below it. */
export function ChecksCard({ checks, trouble = null }: Props) {
  return (
    <Card title="Checks" aside={summary(checks)} className="max-lg:order-4">
      {checks.length === 0 ? (
        <p className="border-t px-3.5 py-3 text-text-2">
          {trouble === null
            ? "None has run yet. They start as soon as the portal sees the head."
            : `None has run yet. They start by themselves once the forge can be read again: ${trouble}.`}
        </p>
      ) : (
        <ul>
          {checks.map((check) => (
            <li
              key={check.name}
              className="grid grid-cols-[14px_minmax(0,1fr)] gap-x-2.5 gap-y-0.5 border-t px-3.5 py-[7px]"
            >
              <StatusMark mark={check.mark} className="mt-[2px]" />
              <span>
                <span className="font-[520]">{check.label}</span>
                {!check.required && <span className="text-sm text-text-3"> not required</span>}
              </span>
              <p className="col-start-2 break-words text-text-2">{check.sentence}</p>
              {check.parts.length > 0 && (
                <ul className="col-start-2 mt-1 grid gap-1">
                  {check.parts.map((part) => (
                    <li
                      key={part.label}
                      className="grid grid-cols-[12px_minmax(0,1fr)] gap-x-2 text-[12.5px]"
                    >
                      <StatusMark mark={part.mark} size={12} className="mt-[3px]" />
                      <span className="break-words text-text-2">
                        <span className="font-[520] text-text">{part.label}</span> {part.sentence}
                      </span>
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** "5 pass, 1 waits, 1 fails". */
function summary(checks: CheckView[]): string | undefined {
  const count = (tones: string[]) => checks.filter(({ mark }) => tones.includes(mark.tone)).length;
  const pass = count(["healthy"]);
  const fail = count(["failed", "blocked"]);
  const wait = checks.length - pass - fail;
  const parts = [
    pass > 0 && `${pass} ${pass === 1 ? "passes" : "pass"}`,
    wait > 0 && `${wait} ${wait === 1 ? "waits" : "wait"}`,
    fail > 0 && `${fail} ${fail === 1 ? "fails" : "fail"}`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : undefined;
}
