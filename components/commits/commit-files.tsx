import type { CommitDetail } from "@/lib/queries/commit-views";
import { Card } from "@/components/ui/card";

/** Paths the commit touches. */
export function CommitFiles({ commit: { files, fileCount } }: { commit: CommitDetail }) {
  if (fileCount === 0) return null;
  return (
    <Card
      title="Files"
      aside={fileCount === files.length ? `${fileCount}` : `${files.length} of ${fileCount}`}
    >
      <ul className="max-h-[320px] overflow-y-auto px-3.5 pb-3" tabIndex={0} aria-label="Files">
        {files.map((file) => (
          <li key={file} className="mono break-all text-text-2">
            {file}
          </li>
        ))}
      </ul>
    </Card>
  );
}
