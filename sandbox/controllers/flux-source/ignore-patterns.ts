/** Answer of one pattern for one path. */
type Verdict = "exclude" | "include" | undefined;

/** One parsed line of a `.sourceignore` or `spec.ignore`. */
export interface IgnorePattern {
  match(path: string[], isDir: boolean): Verdict;
}

/** Left out of every artifact whatever the user says. Source: fluxcd/pkg/sourceignore. */
const VCS = [".git/", ".gitignore", ".gitmodules", ".gitattributes"];

/** Left out unless the user brings patterns of his own. Source: fluxcd/pkg/sourceignore. */
const DEFAULTS = [
  ...["*.jpg", "*.jpeg", "*.gif", "*.png", "*.wmv", "*.flv", "*.tar.gz", "*.zip"],
  ...[".github/", ".circleci/", ".travis.yml", ".gitlab-ci.yml", "appveyor.yml", ".drone.yml"],
  ...["cloudbuild.yaml", "codeship-services.yml", "codeship-steps.yml"],
  ...["**/.goreleaser.yml", "**/.sops.yaml", "**/.flux.yaml"],
];

/** Parses a whole ignore file; `domain` is the directory it lies in, as path components. */
export function parseIgnore(text: string, domain: string[] = []): IgnorePattern[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => parsePattern(line, domain));
}

/**
 * Tells which paths an artifact leaves out. Semantics are go-git's, which Flux uses and which differ from git's in
 * one point: the last pattern that matches decides, also below an excluded directory.
 */
export function ignoreMatcher(own: IgnorePattern[]): (path: string, isDir: boolean) => boolean {
  const always = parseIgnore(VCS.join("\n"));
  const patterns = [...always, ...(own.length > 0 ? own : parseIgnore(DEFAULTS.join("\n")))].reverse();
  return (path, isDir) => {
    const parts = path.split("/");
    for (const pattern of patterns) {
      const verdict = pattern.match(parts, isDir);
      if (verdict !== undefined) return verdict === "exclude";
    }
    return false;
  };
}

function parsePattern(line: string, domain: string[]): IgnorePattern {
  const inclusion = line.startsWith("!");
  let text = inclusion ? line.slice(1) : line;
  if (!text.endsWith("\\ ")) text = text.replace(/ +$/, "");
  const dirOnly = text.endsWith("/");
  if (dirOnly) text = text.slice(0, -1);
  const parts = text.split("/");
  const matches = parts.length > 1 ? globMatcher(parts, dirOnly) : nameMatcher(parts[0] ?? "", dirOnly);
  return {
    match: (path, isDir) => {
      if (path.length <= domain.length || domain.some((part, i) => path[i] !== part)) return undefined;
      if (!matches(path.slice(domain.length), isDir)) return undefined;
      return inclusion ? "include" : "exclude";
    },
  };
}

function nameMatcher(pattern: string, dirOnly: boolean): (path: string[], isDir: boolean) => boolean {
  const name = globExpression(pattern);
  return (path, isDir) => {
    const at = path.findIndex((part) => name.test(part));
    return at >= 0 && !(dirOnly && !isDir && at === path.length - 1);
  };
}

/** A pattern with a slash: go-git's `globMatch`, step by step. */
function globMatcher(parts: string[], dirOnly: boolean): (path: string[], isDir: boolean) => boolean {
  const steps = parts.map((part) => ({ part, name: globExpression(part) }));
  return (whole, isDir) => {
    let path = whole;
    let matched = false;
    let anyDepth = false;
    for (const [i, { part, name }] of steps.entries()) {
      if (part === "") {
        anyDepth = false;
        continue;
      }
      if (part === "**") {
        if (i === steps.length - 1) break;
        anyDepth = true;
        continue;
      }
      if (part.includes("**") || path.length === 0) return false;
      const at = anyDepth ? path.findIndex((each) => name.test(each)) : name.test(path[0] ?? "") ? 0 : -1;
      if (at < 0 && !anyDepth) return false;
      matched = at >= 0;
      path = at < 0 ? [] : path.slice(at + 1);
      if (!anyDepth && path.length === 0 && i < steps.length - 1) matched = false;
      anyDepth = false;
    }
    return matched && !(dirOnly && !isDir && path.length === 0);
  };
}

/** Go's `filepath.Match` as an expression: `*`, `?`, classes and escapes, never across a slash. */
function globExpression(glob: string): RegExp {
  const source = glob.replace(
    /\\(.)|\*+|\?|\[\^?[^\]]*\]|[.+^${}()|\\]/g,
    (token, escaped: string | undefined) => {
      if (escaped !== undefined) return escaped.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      if (token.startsWith("*")) return "[^/]*";
      if (token === "?") return "[^/]";
      return token.startsWith("[") ? token : `\\${token}`;
    },
  );
  return new RegExp(`^${source}$`);
}
