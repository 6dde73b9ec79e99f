export type Captures = Readonly<Record<string, string>>;

/** A part in brackets, with what stands there instead after a bar; or a name in braces. */
const pieces = /\[([^[\]|]*)(?:\|([^[\]]*))?\]|\{(\w+)\}/g;
const names = /\{(\w+)\}/g;

/**
 * A template of the catalogue with its captures: `{name}` is replaced; a part in brackets goes, or becomes what stands
 * after its bar, where a capture in it is missing. What was captured is put in as it is and never read as template.
 * Null where a name outside brackets is missing.
 */
export function fillText(template: string, captures: Captures): string | null {
  if (!hasAll(template.replace(/\[[^[\]]*\]/g, ""), captures)) return null;
  return template.replace(pieces, (_piece, part: unknown, instead: unknown, name: unknown) => {
    if (typeof part !== "string") return captures[String(name)] ?? "";
    if (!hasAll(part, captures)) return typeof instead === "string" ? instead : "";
    return part.replace(names, (_name, inner: string) => captures[inner] ?? "");
  });
}

function hasAll(text: string, captures: Captures): boolean {
  return [...text.matchAll(names)].every(([, name = ""]) => captures[name] !== undefined);
}
