import { missingFile, sayMissing } from "../cluster/known-errors-build.ts";
import { tellGitFetch } from "../cluster/known-errors-git.ts";
import { fillText, type Captures } from "./fill-text.ts";
import type { Helper, KnownError } from "./known-error.ts";
import { knownErrors } from "./known-errors.ts";

/** What a reporter says of an object. */
export interface Reported {
  reason: string | null;
  message: string | null;
}

/** A known error in plain words, with the reporter's names and numbers filled in. */
export interface Explanation {
  /** Id of the catalogue's entry. */
  entry: string;
  title: string;
  /** Its numbers in a few words; null where the text has none. */
  told: string | null;
  meaning: string;
  advice: string | null;
  fix: string[];
  who: Helper;
  link: string | null;
  /** What two of them share to be one cause; null where the text does not tell. */
  scope: string | null;
}

const entries: readonly KnownError[] = Object.values(knownErrors).flat();
/** More than the longest useful text; the middle of a longer one says nothing new, and patterns stay quick. */
const longest = { head: 8_000, tail: 3_000 };
const maxCapture = 200;

/** Finds what is known about an error; null where nobody knows it, which is not guessed at. */
export function explain({ reason, message }: Reported): Explanation | null {
  const text = clip(`${reason ?? ""} ${message ?? ""}`.trim());
  if (text === "") return null;
  for (const entry of entries) {
    if (!entry.match.test(text) || entry.unless?.test(text) === true) continue;
    return describe(entry, capturesOf(entry, text));
  }
  return null;
}

function clip(text: string): string {
  if (text.length <= longest.head + longest.tail) return text;
  return `${text.slice(0, longest.head)}\n${text.slice(-longest.tail)}`;
}

function describe(entry: KnownError, captures: Captures): Explanation {
  const fill = (template: string | undefined) =>
    template === undefined ? null : fillText(template, captures);
  return {
    entry: entry.id,
    title: fill(entry.title) ?? fallbackTitle(entry),
    told: fill(entry.told),
    meaning: fill(entry.meaning) ?? "",
    advice: entry.advice ?? null,
    fix: entry.fix.map((step) => fill(step) ?? step),
    who: entry.who,
    link: entry.link ?? null,
    scope: fill(entry.scope),
  };
}

/** A title whose name the text does not give. */
function fallbackTitle({ reader, title }: KnownError): string {
  if (reader === "file") return "A file kustomize is to read is not there";
  return title.replace(/\{\w+\} ?/g, "");
}

function capturesOf(entry: KnownError, text: string): Captures {
  const found: Record<string, string> = readerCaptures(entry, text);
  for (const pattern of entry.captures ?? []) {
    for (const [name, value] of Object.entries<string | undefined>(pattern.exec(text)?.groups ?? {})) {
      if (value) found[name] ??= value.trim().slice(0, maxCapture);
    }
  }
  return found;
}

/** What patterns do not suffice for. */
function readerCaptures({ reader }: KnownError, text: string): Record<string, string> {
  if (reader === "git") {
    const told = tellGitFetch(text);
    return told === null ? {} : { git: told };
  }
  const missing = reader === "file" ? missingFile(text) : null;
  if (missing === null) return {};
  const { path, list } = missing;
  return { file: sayMissing(missing), path, ...(list === null ? {} : { list }) };
}
