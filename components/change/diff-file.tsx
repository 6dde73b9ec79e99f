"use client";

import { ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import type { ChangeFileView } from "@/lib/queries/views";
import { cx } from "@/components/ui/cx";
import { LineNumber } from "@/components/code/code-view";
import { DiffCounts } from "./diff-counts";
import { parsePatch } from "./parse-patch";
import type { DiffLine } from "./parse-patch";

/** Lines shown of a long file before one asks for the rest. */
const shownLines = 14;

/** One file: a line that says what it means, and its diff when open. */
export function DiffFile({ file, startOpen }: { file: ChangeFileView; startOpen: boolean }) {
  const [open, setOpen] = useState(startOpen);
  const id = useId();
  return (
    <div className="border-t">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => {
          setOpen(!open);
        }}
        className="flex min-h-[34px] w-full flex-wrap items-center gap-x-2 px-3.5 py-1 text-left hover:bg-hover focus-visible:-outline-offset-2"
      >
        <ChevronRight
          size={13}
          aria-hidden
          className={cx("flex-none text-text-3 transition-transform", open && "rotate-90")}
        />
        <code className="mono min-w-0 break-all">{file.path}</code>
        <DiffCounts additions={file.additions} deletions={file.deletions} />
        {file.note !== null && <span className="ml-auto text-text-3">{file.note}</span>}
      </button>
      <div id={id} hidden={!open}>
        {open && <Diff patch={file.patch} path={file.path} />}
      </div>
    </div>
  );
}

function Diff({ patch, path }: { patch: string | null; path: string }) {
  const lines = parsePatch(patch ?? "");
  const [all, setAll] = useState(lines.length <= shownLines + 4);
  if (lines.length === 0) {
    return (
      <p className="border-t px-3.5 py-2 text-text-2">
        No text to compare: too large, binary, or only moved.
      </p>
    );
  }
  return (
    <>
      <div
        role="region"
        tabIndex={0}
        aria-label={`Diff of ${path}`}
        className="mono overflow-x-auto leading-[19px] focus-visible:-outline-offset-2"
      >
        <div className="w-max min-w-full">
          {(all ? lines : lines.slice(0, shownLines)).map((line, index) => (
            <Line key={index} line={line} />
          ))}
        </div>
      </div>
      {!all && (
        <button
          type="button"
          onClick={() => {
            setAll(true);
          }}
          className="mono block w-full bg-raised py-1 pl-[50px] text-left text-text-2 hover:bg-hover focus-visible:-outline-offset-2"
        >
          {lines.length - shownLines} more lines
        </button>
      )}
    </>
  );
}

const looks: Record<DiffLine["kind"], string> = {
  add: "bg-add",
  remove: "bg-del",
  same: "",
  gap: "bg-raised text-text-2",
};
const signs: Record<DiffLine["kind"], string> = { add: "+", remove: "−", same: " ", gap: " " };
const said: Record<DiffLine["kind"], string> = { add: "added: ", remove: "removed: ", same: "", gap: "" };

function Line({ line }: { line: DiffLine }) {
  return (
    <div className={cx("flex pr-3 whitespace-pre", looks[line.kind])}>
      <LineNumber n={line.number} />
      <span aria-hidden className="w-4 flex-none text-text-2 select-none">
        {signs[line.kind]}
      </span>
      <code>
        <span className="sr-only">{said[line.kind]}</span>
        {line.text}
      </code>
    </div>
  );
}
