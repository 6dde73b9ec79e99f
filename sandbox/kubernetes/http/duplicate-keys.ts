/** Strings, brackets, colons and commas; numbers and literals have no say in which member is where. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

interface Level {
  path: string;
  seen: Set<string> | undefined;
  index: number;
  key: string;
}

/** Members that are given twice in a valid JSON text, in the words of sigs.k8s.io/json: `duplicate field "spec.a"`. */
export function duplicateKeys(text: string): string[] {
  const found: string[] = [];
  const levels: Level[] = [];
  let wantsKey = false;
  for (const [part] of text.matchAll(token)) {
    const level = levels.at(-1);
    if (part === "{" || part === "[") {
      const seen = part === "{" ? new Set<string>() : undefined;
      levels.push({ path: level ? pathOf(level) : "", seen, index: 0, key: "" });
      wantsKey = part === "{";
    } else if (part === "}" || part === "]") {
      levels.pop();
      wantsKey = false;
    } else if (part === ",") {
      if (level) level.index++;
      wantsKey = level?.seen !== undefined;
    } else if (part !== ":" && wantsKey && level?.seen) {
      level.key = String(JSON.parse(part));
      wantsKey = false;
      if (level.seen.has(level.key)) found.push(`duplicate field "${pathOf(level)}"`);
      level.seen.add(level.key);
    }
  }
  return found;
}

function pathOf(level: Level): string {
  if (!level.seen) return `${level.path}[${String(level.index)}]`;
  return level.path === "" ? level.key : `${level.path}.${level.key}`;
}
