/** A piece of a sentence: `code` is set in mono, `strong` in bold, with `href` it is a link. */
export interface TextPart {
  text: string;
  kind?: "code" | "strong";
  href?: string;
}

export const plain = (text: string): TextPart => ({ text });
export const code = (text: string): TextPart => ({ text, kind: "code" });
export const strong = (text: string): TextPart => ({ text, kind: "strong" });

/** "a", "a and b", "a, b and c", "a, b and 3 more": at most `most` names. */
export function listNames(names: readonly string[], most = 3): string {
  const shown = names.slice(0, names.length > most ? most - 1 : most);
  const left = names.length - shown.length;
  const all = left > 0 ? [...shown, `${String(left)} more`] : [...shown];
  const last = all.pop() ?? "";
  return all.length === 0 ? last : `${all.join(", ")} and ${last}`;
}
