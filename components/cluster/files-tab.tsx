"use client";

import { ExternalLink } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import type { FileView } from "@/lib/queries/views";
import { CodeView } from "@/components/code/code-view";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { FileTabs } from "@/components/code/file-tabs";

/** The cluster's files as they are on the default branch. */
export function FilesTab({ files }: { files: FileView[] }) {
  const [path, setPath] = useQueryState("file", parseAsString);
  const file = files.find((each) => each.path === path) ?? files[0];
  if (!file) {
    return (
      <EmptyState title="No file yet">Its files are on the pull request until that is merged.</EmptyState>
    );
  }
  return (
    <section aria-label="Files" className="card overflow-hidden">
      <FileTabs
        paths={files.map((each) => each.path)}
        value={file.path}
        onChange={(next) => void setPath(next)}
      />
      <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5 border-b px-3.5 py-2 text-sm text-text-2">
        <code className="mono break-all text-text">{file.path}</code>
        {file.commit && (
          <span className="min-w-0 truncate">
            <code className="mono">{file.commit.sha.slice(0, 7)}</code> “{file.commit.title}” by{" "}
            {file.commit.author}, <RelativeTime at={file.commit.at} ago />
          </span>
        )}
        <a
          href={file.url}
          target="_blank"
          rel="noreferrer"
          className="text-link ml-auto inline-flex items-center gap-1"
        >
          Open in the repository <ExternalLink size={12} aria-hidden />
        </a>
      </div>
      <CodeView key={file.path} path={file.path} content={file.content} />
    </section>
  );
}
