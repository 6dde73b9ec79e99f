import type { ClusterDetail } from "@/lib/queries/views";
import { GoneNotice } from "@/components/ui/gone-notice";

interface Props {
  name: string;
  /** What the page showed before; null where it never showed any. */
  last: ClusterDetail | null;
}

/** A cluster that went away while its page was open. */
export function GoneCluster({ name, last }: Props) {
  const why =
    last?.lifecycle === "Deleting"
      ? "It was being deleted, and the management cluster has it no more."
      : "It was deleted, never merged, or now belongs to a team you are not in.";
  return (
    <GoneNotice title={`${name} is no longer here`} back={{ href: "/clusters", label: "Go to the clusters" }}>
      {why} {last !== null && "Below is what we knew last."}
    </GoneNotice>
  );
}
