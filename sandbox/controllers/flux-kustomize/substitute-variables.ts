/** Answers a variable's value, undefined when it is not set. */
export type Lookup = (name: string) => string | undefined;

/** A variable without a value and without a default; Flux substitutes strictly since 2.9. */
class UnsetVariable extends Error {
  constructor(name: string) {
    super(`variable not set (strict mode): "${name}"`);
  }
}

/**
 * Substitutes `${…}` as drone/envsubst does on the text of a manifest: `$${x}` escapes; defaults by `:-`, `-`,
 * `:=`, `=`; `^` `^^` `,` `,,` change case; `#` `##` `%` `%%` trim; `/a/b` replaces; `:from:length` cuts. A plain
 * `$x` stays. Values are put in as they are, so a numeric one loses its quotes with its placeholder.
 */
export function substituteVariables(text: string, lookup: Lookup): string {
  let out = "";
  let at = 0;
  for (;;) {
    const open = text.indexOf("${", at);
    if (open < 0) return out + text.slice(at);
    if (text[open - 1] === "$" && open - 1 >= at) {
      out += `${text.slice(at, open - 1)}\${`;
      at = open + 2;
      continue;
    }
    const close = closingBrace(text, open + 2);
    if (close < 0) throw new Error("missing closing brace");
    out += text.slice(at, open) + evaluate(text.slice(open + 2, close), lookup);
    at = close + 1;
  }
}

/** Whether a name may be a variable. Source: kustomize-controller. */
export function isVariableName(name: string): boolean {
  return /^[_a-zA-Z][_a-zA-Z0-9]*$/.test(name);
}

function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith("${", at)) depth += 1;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  return -1;
}

function evaluate(inner: string, lookup: Lookup): string {
  const found = /^(#?)([_a-zA-Z][_a-zA-Z0-9]*)(.*)$/s.exec(inner);
  if (found === null) throw new Error("unable to parse variable name");
  const [, length = "", name = "", rest = ""] = found;
  const value = lookup(name);
  const byDefault = /^(:?[-=])(.*)$/s.exec(rest);
  if (byDefault !== null) {
    const useDefault = value === undefined || (byDefault[1]?.startsWith(":") === true && value === "");
    return useDefault ? substituteVariables(byDefault[2] ?? "", lookup) : value;
  }
  if (value === undefined) throw new UnsetVariable(name);
  if (length === "#") return String(value.length);
  return rest === "" ? value : transform(value, rest, lookup);
}

function transform(value: string, operation: string, lookup: Lookup): string {
  const argument = (skip: number): string => substituteVariables(operation.slice(skip), lookup);
  if (operation === "^^") return value.toUpperCase();
  if (operation === ",,") return value.toLowerCase();
  if (operation === "^") return value.slice(0, 1).toUpperCase() + value.slice(1);
  if (operation === ",") return value.slice(0, 1).toLowerCase() + value.slice(1);
  if (operation.startsWith("##")) return trimStart(value, argument(2), true);
  if (operation.startsWith("#")) return trimStart(value, argument(1), false);
  if (operation.startsWith("%%")) return trimEnd(value, argument(2), true);
  if (operation.startsWith("%")) return trimEnd(value, argument(1), false);
  if (operation.startsWith("//")) {
    const [from = "", to = ""] = argument(2).split("/");
    return value.replaceAll(from, () => to);
  }
  if (operation.startsWith("/")) {
    const [from = "", to = ""] = argument(1).split("/");
    return value.replace(from, () => to);
  }
  if (operation.startsWith(":")) {
    const [from = "0", length] = argument(1).split(":");
    return length === undefined
      ? value.slice(Number(from))
      : value.slice(Number(from), Number(from) + Number(length));
  }
  throw new Error("unable to parse substitution within braces");
}

function trimStart(value: string, glob: string, longest: boolean): string {
  const lengths = Array.from({ length: value.length + 1 }, (_, i) => i);
  const cut = (longest ? lengths.reverse() : lengths).find((length) => matches(value.slice(0, length), glob));
  return cut === undefined ? value : value.slice(cut);
}

function trimEnd(value: string, glob: string, longest: boolean): string {
  const starts = Array.from({ length: value.length + 1 }, (_, i) => i);
  const cut = (longest ? starts : starts.reverse()).find((start) => matches(value.slice(start), glob));
  return cut === undefined ? value : value.slice(0, cut);
}

function matches(text: string, glob: string): boolean {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "s").test(text);
}
