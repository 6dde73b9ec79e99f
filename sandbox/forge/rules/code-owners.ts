/** One rule of a CODEOWNERS file; no owners means "nobody owns this". */
export interface OwnerRule {
  pattern: string;
  /** Logins and `org/team`, without the `@`. */
  owners: string[];
  matches(path: string): boolean;
}

/** Reads CODEOWNERS; lines GitHub would refuse (negation, ranges, escaped hash) are left out. */
export function parseCodeOwners(text: string): OwnerRule[] {
  return text.split("\n").flatMap((line) => {
    const [pattern, ...owners] = line
      .replace(/(^|\s)#.*$/, "")
      .trim()
      .split(/\s+/);
    if (pattern === undefined || pattern === "" || /^!|\[|\\#/.test(pattern)) return [];
    const expression = patternExpression(pattern);
    return [
      {
        pattern,
        owners: owners.filter((owner) => owner.startsWith("@")).map((owner) => owner.slice(1)),
        matches: (path: string) => expression.test(path),
      },
    ];
  });
}

/** The owners of a path: those of the last rule that matches it. */
export function ownersOf(rules: readonly OwnerRule[], path: string): string[] {
  return rules.findLast((rule) => rule.matches(path))?.owners ?? [];
}

/** The groups of owners a change needs an approval from, each once: any one of a group is enough for its files. */
export function requiredOwners(rules: readonly OwnerRule[], paths: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const owners = ownersOf(rules, path);
    if (owners.length > 0) groups.set(owners.join(" "), owners);
  }
  return [...groups.values()];
}

/** CODEOWNERS patterns are those of .gitignore, but `dir/*` stays at one level. */
function patternExpression(pattern: string): RegExp {
  const anchored = pattern.replace(/\/$/, "").includes("/");
  const body = pattern.replace(/^\//, "").replace(/\/$/, "");
  const source = body
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => {
      if (part === "**/") return "(?:.*/)?";
      if (part === "**") return ".*";
      if (part === "*") return "[^/]*";
      if (part === "?") return "[^/]";
      return part.replace(/[.+^${}()|[\]\\]/g, "\\$&");
    })
    .join("");
  const below = pattern.endsWith("/") ? "/.*" : /\/\*$/.test(pattern) ? "" : "(?:/.*)?";
  return new RegExp(`^${anchored ? "" : "(?:.*/)?"}${source}${below}$`);
}
