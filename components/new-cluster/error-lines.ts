import type { LineNote } from "@/components/code/code-view";
import type { Preview, Values } from "./contracts";

/**
 * Where each error stands in the files: the first line that ends in the field's value. Errors of values that are
 * empty or nowhere in the files are said beside their field only.
 */
export function errorLines(preview: Preview, values: Values): Record<string, LineNote[]> {
  const notes: Record<string, LineNote[]> = {};
  for (const [path, sentence] of Object.entries(preview.errors)) {
    const value = valueAt(values, path);
    if (typeof value !== "string" && typeof value !== "number") continue;
    if (value === "") continue;
    const place = find(preview.files, String(value));
    if (place) (notes[place.path] ??= []).push({ line: place.line, text: firstSentence(sentence) });
  }
  return notes;
}

function find(files: Preview["files"], value: string): { path: string; line: number } | null {
  for (const { path, content } of files) {
    const index = content.split("\n").findIndex((line) => {
      const text = line.trimEnd().replace(/["'\]},]+$/, "");
      return text.endsWith(value) && /[\s"'[{:-]$/.test(text.slice(0, -value.length) || " ");
    });
    if (index >= 0) return { path, line: index + 1 };
  }
  return null;
}

const firstSentence = (text: string): string =>
  /^.*?[.;](?=\s|$)/.exec(text)?.[0].replace(/[.;]$/, "") ?? text;

function valueAt(values: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((at, key) => {
    if (typeof at !== "object" || at === null) return undefined;
    return (at as Record<string, unknown>)[key];
  }, values);
}
