/** A piece of a sentence: `code` is set in mono, `strong` in bold, with `href` it is a link. */
export interface TextPart {
  text: string;
  kind?: "code" | "strong";
  href?: string;
}

export const plain = (text: string): TextPart => ({ text });
export const code = (text: string): TextPart => ({ text, kind: "code" });
export const strong = (text: string): TextPart => ({ text, kind: "strong" });

/** "a", "a and b", "a, b and c", "a, b and 3 more" as parts: names as `asName` sets them, the words between plain. */
export function listNames(names: readonly string[], asName = code, most = 3): TextPart[] {
  const shown = names.slice(0, names.length > most ? most - 1 : most);
  const left = names.length - shown.length;
  const all = [...shown.map((name) => asName(name)), ...(left > 0 ? [plain(`${String(left)} more`)] : [])];
  return all.flatMap((part, index) => {
    if (index === 0) return [part];
    return [plain(index === all.length - 1 ? " and " : ", "), part];
  });
}
