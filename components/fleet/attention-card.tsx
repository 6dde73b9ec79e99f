import Link from "next/link";
import type { TroubleView } from "@/lib/queries/views";
import { Card } from "@/components/ui/card";
import { TextParts } from "@/components/ui/text-parts";
import { CauseRow } from "./cause-row";

/** What is wrong, one line per cause, the worst first. */
export function AttentionCard({ trouble }: { trouble: TroubleView[] }) {
  const clusters = new Set(trouble.flatMap((each) => each.clusters.map(({ slug }) => slug))).size;
  const aside = `${count(trouble.length, "cause")} · ${count(clusters, "cluster")}`;
  return (
    <Card className="max-lg:order-1" title="Needs attention" aside={trouble.length > 0 ? aside : undefined}>
      {trouble.length === 0 ? (
        <p className="border-t px-3.5 py-3 text-text-2">Nothing. What moves is shown under In flight.</p>
      ) : (
        <ul>
          {trouble.map((each) => (
            <CauseRow
              key={each.key}
              mark={{ tone: each.tone, word: each.title }}
              title={each.title}
              since={each.since}
              href={`/clusters?cause=${encodeURIComponent(each.key)}`}
            >
              <TextParts parts={each.sentence} />
              {each.clusters.length > 0 && <ClusterLinks clusters={each.clusters} />}
            </CauseRow>
          ))}
        </ul>
      )}
    </Card>
  );
}

function ClusterLinks({ clusters }: Pick<TroubleView, "clusters">) {
  const shown = clusters.slice(0, 6);
  return (
    <span className="block">
      {shown.map(({ slug, name }, index) => (
        <span key={slug}>
          {index > 0 && ", "}
          <Link href={`/clusters/${slug}`} className="text-link">
            {name}
          </Link>
        </span>
      ))}
      {clusters.length > shown.length && ` and ${clusters.length - shown.length} more`}
    </span>
  );
}

const count = (n: number, thing: string) => `${n} ${thing}${n === 1 ? "" : "s"}`;
