import Link from "next/link";
import type { TroubleView } from "@/lib/queries/views";
import { StatusMark } from "@/components/status/status-mark";
import { toneSoft } from "@/components/status/tone-classes";
import { cx } from "@/components/ui/cx";
import { RelativeTime } from "@/components/ui/relative-time";
import { TextParts } from "@/components/ui/text-parts";
import { CausePlaces } from "./cause-places";
import { Explained } from "./explained";

/** One cause whole, above the clusters it explains; null where it is over. */
export function CauseCard({ cause }: { cause: TroubleView | null }) {
  if (cause === null) {
    return (
      <section aria-label="Cause" className="card mb-3 px-3.5 py-3 text-text-2">
        Nothing is in trouble for this cause any more, or not where you may see it.{" "}
        <Link href="/" className="text-link">
          Go to the fleet
        </Link>
      </section>
    );
  }
  return (
    <section
      aria-label="Cause"
      className={cx("mb-3 grid grid-cols-[16px_1fr] gap-2.5 rounded-lg px-3.5 py-3", toneSoft[cause.tone])}
    >
      <StatusMark mark={{ tone: cause.tone, word: "Trouble" }} beside className="mt-0.5" />
      <div className="min-w-0">
        <h2 className="font-semibold break-words">
          {cause.title}{" "}
          <span className="font-normal text-text-2">
            · for <RelativeTime at={cause.since} />
          </span>
        </h2>
        <p className="mt-0.5 break-words text-text-2">
          <TextParts parts={cause.sentence} />
        </p>
        {cause.explanation && <Explained explanation={cause.explanation} />}
        <CausePlaces objects={cause.objects} commit={cause.commit} />
        <p className="mt-2">
          <Link href="/clusters" className="text-link">
            Show all clusters
          </Link>
        </p>
      </div>
    </section>
  );
}
