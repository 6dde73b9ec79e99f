import type { FluxRow } from "@/lib/queries/views";
import { StatusMark } from "@/components/status/status-mark";
import { StatusText } from "@/components/status/status-text";

/**
 * State of one Flux object: what it is settled on, what blocks it, and whether it moves just now; no more of it than
 * that it is unknown where nobody reads it.
 */
export function FluxState({ object }: { object: FluxRow }) {
  const known = object.mark.tone !== "unknown";
  const word =
    object.blockedBy === null || !known
      ? object.mark.word
      : `${object.mark.word} by ${object.blockedBy.split("/").at(-1) ?? ""}`;
  return (
    <StatusText mark={{ tone: object.mark.tone, word }} block>
      {known && object.moving && object.mark.tone !== "progress" && (
        <StatusMark mark={{ tone: "progress", word: "Reconciling" }} size={12} />
      )}
    </StatusText>
  );
}
