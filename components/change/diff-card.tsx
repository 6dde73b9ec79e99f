import type { ChangeDetail } from "@/lib/queries/views";
import { Card } from "@/components/ui/card";
import { DiffCounts } from "./diff-counts";
import { DiffFile } from "./diff-file";

/** Files of the change, folded to their meaning; the first is open. */
export function DiffCard({ change }: { change: ChangeDetail }) {
  return (
    <Card
      title="What changes"
      aside={describe(change.files)}
      end={<DiffCounts additions={change.additions} deletions={change.deletions} />}
      className="overflow-hidden max-lg:order-6"
    >
      {change.files.length === 0 ? (
        <p className="border-t px-3.5 py-3 text-text-2">No file differs from the base.</p>
      ) : (
        change.files.map((file, index) => <DiffFile key={file.path} file={file} startOpen={index === 0} />)
      )}
    </Card>
  );
}

const verbs: Record<string, string> = {
  added: "added",
  modified: "changed",
  removed: "removed",
  renamed: "renamed",
};

/** "3 files added, 1 changed". */
function describe(files: ChangeDetail["files"]): string {
  const counts = new Map<string, number>();
  for (const { status } of files) {
    const verb = verbs[status] ?? "changed";
    counts.set(verb, (counts.get(verb) ?? 0) + 1);
  }
  return [...counts]
    .map(([verb, count], index) =>
      index === 0 ? `${count} ${count === 1 ? "file" : "files"} ${verb}` : `${count} ${verb}`,
    )
    .join(", ");
}
