import { ExternalLink } from "lucide-react";
import type { ChangeDetail } from "@/lib/queries/views";
import { StatusMark } from "@/components/status/status-mark";
import { StatusText } from "@/components/status/status-text";
import { RelativeTime } from "@/components/ui/relative-time";
import { TextParts } from "@/components/ui/text-parts";

/** Title, who asks for what, and what one must know at a glance. */
export function ChangeHead({ change }: { change: ChangeDetail }) {
  return (
    <div className="max-lg:order-1">
      <p className="text-[19px] leading-7 font-[620] tracking-tight break-words">{change.title}</p>
      <p className="mt-1 text-text-2">
        <TextParts parts={change.lead} />
        <span className="text-text-3">
          {" "}
          · opened <RelativeTime at={change.openedAt} ago /> ·{" "}
        </span>
        <a
          href={change.url}
          target="_blank"
          rel="noreferrer"
          className="text-link inline-flex items-baseline gap-1"
        >
          pull request <ExternalLink size={11} aria-hidden className="self-center" />
        </a>
      </p>
      <ul className="mt-3.5 flex flex-wrap gap-1.5">
        <li className={badge}>
          <StatusText mark={change.mark} />
        </li>
        {change.draft && <li className={badge}>Draft</li>}
        {change.badges.map((each, index) => (
          <li key={index} className={badge}>
            {each.tone !== null && <StatusMark mark={{ tone: each.tone, word: each.tone }} beside />}
            <span>
              <TextParts parts={each.text} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const badge =
  "inline-flex min-h-[22px] items-center gap-[5px] rounded-full border bg-surface px-2 text-sm text-text-2";
