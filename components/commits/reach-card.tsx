import type { CommitDetail } from "@/lib/queries/commit-views";
import { Card } from "@/components/ui/card";
import { paceWords, reachWords } from "./reach-words";

/** Applied, on its way and held up, as one bar and in words. */
export function ReachCard({ commit: { reach, clusters } }: { commit: CommitDetail }) {
  const { applied, total } = reach;
  const late = clusters.filter(({ state }) => state === "straggler").length;
  const moving = Math.max(0, total - applied - late);
  const pace = paceWords(reach);
  return (
    <Card title="Reach" aside={pace === null ? undefined : `${pace} from the merge`}>
      <div className="grid gap-2 px-3.5 pb-3">
        {total > 0 && (
          <div
            aria-hidden
            className="flex h-2 w-full overflow-hidden rounded-sm bg-raised outline-1 -outline-offset-1 outline-line"
          >
            <i className="bg-healthy transition-[flex]" style={{ flex: applied }} />
            <i className="bg-progress transition-[flex]" style={{ flex: moving }} />
            <i className="bg-attention transition-[flex]" style={{ flex: late }} />
          </div>
        )}
        <p role="status">
          <b className="font-[560]">{sentence(reachWords(reach))}</b>
          {moving > 0 && <span className="text-text-2"> · {moving} on the way</span>}
          {late > 0 && <span className="text-text-2"> · {late} held up</span>}
        </p>
        {total === 0 && reach.known === "known" && (
          <p className="text-text-3">Nothing it touches is built for a cluster you may see.</p>
        )}
      </div>
    </Card>
  );
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
