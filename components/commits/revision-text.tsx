import { shortRevision } from "@/components/reconciliation/short-revision";
import { RevisionLink } from "./revision-link";

/** What Flux calls a revision; one of Git leads to its commit, a chart's version or a digest stays text. */
export function RevisionText({ revision }: { revision: string | null }) {
  const sha = /@sha1:([0-9a-f]{40})$/.exec(revision ?? "")?.[1];
  return sha === undefined ? shortRevision(revision) : <RevisionLink sha={sha} />;
}
