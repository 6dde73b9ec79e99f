import type { ClusterDetail } from "@/lib/queries/views";
import { CausePlaces } from "@/components/causes/cause-places";
import { Explained } from "@/components/causes/explained";
import { StatusMark } from "@/components/status/status-mark";
import { toneSoft } from "@/components/status/tone-classes";
import { cx } from "@/components/ui/cx";
import { TextParts } from "@/components/ui/text-parts";

/** The cause of the trouble, explained: what, what waits for it, what it means, who ends it and how, and where it is. */
export function TroubleBanner({ trouble }: { trouble: NonNullable<ClusterDetail["trouble"]> }) {
  return (
    <section
      aria-label={trouble.tone === "suspended" ? "Why it rests" : "What is wrong"}
      className={cx("grid grid-cols-[16px_1fr] gap-2.5 rounded-lg px-3.5 py-3", toneSoft[trouble.tone])}
    >
      <StatusMark mark={{ tone: trouble.tone, word: "Trouble" }} beside className="mt-0.5" />
      <div className="min-w-0">
        <p className="break-words">
          <b className="font-semibold">{trouble.title}</b>
          {trouble.aside !== null && <span className="text-text-2"> {trouble.aside}</span>}
        </p>
        {trouble.sentence.length > 0 && (
          <p className="mt-0.5 break-words text-text-2">
            <TextParts parts={trouble.sentence} />
          </p>
        )}
        {trouble.explanation && <Explained explanation={trouble.explanation} />}
        <CausePlaces objects={trouble.objects ?? []} commit={trouble.commit ?? null} />
      </div>
    </section>
  );
}
