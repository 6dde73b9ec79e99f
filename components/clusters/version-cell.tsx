import type { ClusterRow } from "@/lib/queries/views";

/** The version that runs; with an arrow to the wanted one where they differ. */
export function VersionCell({
  row,
}: {
  row: Pick<ClusterRow, "desiredVersion" | "observedVersion" | "ahead">;
}) {
  const { desiredVersion: desired, observedVersion: observed, ahead } = row;
  const shown = observed ?? desired;
  if (shown === null) return <span className="text-text-3">–</span>;
  const differs = observed !== null && desired !== null && observed !== desired && !ahead;
  return (
    <span className="mono">
      {shown}
      {differs && (
        <>
          <span className="text-text-3"> → </span>
          {desired}
        </>
      )}
      {ahead && (
        <span
          className="ml-1.5 font-sans text-xs text-attention-text"
          title={`Git asks for ${desired ?? "less"}`}
        >
          ahead
        </span>
      )}
    </span>
  );
}
