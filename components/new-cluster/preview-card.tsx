"use client";

import { useState } from "react";
import { CodeView } from "@/components/code/code-view";
import { FileTabs } from "@/components/code/file-tabs";
import { StatusMark } from "@/components/status/status-mark";
import { cx } from "@/components/ui/cx";
import type { Values } from "./contracts";
import { errorLines } from "./error-lines";
import type { PreviewState } from "./use-preview";

interface Props extends Pick<PreviewState, "preview" | "problem" | "behind"> {
  values: Values;
  /** Before one has touched anything, what is missing is not yet an error. */
  calm: boolean;
}

/** The files the pull request would hold, as they are typed, with what is wrong in its line; below, the checks. */
export function PreviewCard({ preview, problem, behind, values, calm }: Props) {
  const [chosen, setChosen] = useState(0);
  const files = preview?.files ?? [];
  const file = files[Math.min(chosen, files.length - 1)];
  const notes = preview && !calm ? errorLines(preview, values) : {};
  const counts = Object.fromEntries(Object.entries(notes).map(([path, lines]) => [path, lines.length]));
  return (
    <section aria-label="Preview" className="card overflow-hidden">
      {file ? (
        <>
          <FileTabs
            paths={files.map(({ path }) => path)}
            value={file.path}
            errors={counts}
            onChange={(path) => {
              setChosen(files.findIndex((each) => each.path === path));
            }}
          />
          <CodeView
            path={file.path}
            content={file.content}
            notes={notes[file.path]}
            className="h-[max(280px,min(520px,calc(100vh-330px)))]"
          />
        </>
      ) : (
        <p className="px-3.5 py-10 text-center text-text-2">
          {problem ?? (behind ? "Rendering the files…" : "The files appear once the fields can be rendered.")}
        </p>
      )}
      <div className="flex min-h-[38px] items-center gap-2 border-t px-3.5 py-2 text-text-2">
        {file && problem !== null ? (
          <span className="text-attention-text">{problem} The files above are the last ones rendered.</span>
        ) : (
          <span>{preview?.opens}</span>
        )}
        <span aria-live="polite" className={cx("ml-auto flex-none text-text-3")}>
          {behind ? "updating…" : "updates as you type"}
        </span>
      </div>
      {preview && !calm && preview.checks.length > 0 && (
        <ul className="grid gap-1 border-t px-3.5 py-2.5">
          {preview.checks.map((check) => (
            <li key={check.label} className="grid grid-cols-[14px_minmax(0,1fr)] gap-2">
              <StatusMark
                mark={
                  check.ok ? { tone: "healthy", word: "Holds" } : { tone: "failed", word: "Does not hold" }
                }
                className="mt-[2px]"
              />
              <span className="break-words text-text-2">
                <span className="font-[520] text-text">{check.label}</span> {check.sentence}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
