/** A file that kustomize was told to read and that is not in Git. */
export interface MissingFile {
  /** As the kustomization.yaml writes it. */
  entry: string;
  /** From the root of the repository. */
  path: string;
  /** The kustomization.yaml that lists it; null where the text does not tell. */
  list: string | null;
}

/** Flux builds in a directory of its own, whose name differs at every try. */
const workDirectory = /(?:\/[\w.-]+)*?\/kustomization-\d+\//g;

/** The text with paths as they are in Git. */
export function withoutWorkDirectory(text: string): string {
  return text.replace(workDirectory, "");
}

/**
 * The file a failed `kustomize build` lacks. A resource is named in quotes, a patch in `path(…)`, a generator's file
 * in brackets; the text is long, and nests where one kustomization.yaml reads another (texts of kustomize 5).
 */
export function missingFile(message: string): MissingFile | null {
  const text = withoutWorkDirectory(message);
  const found =
    /(?:from '(?<resource>[^']+)'|path\((?<patch>[^)]+)\)|sources: \[(?<source>[^\]\s]+)\]): (?:open|stat|evalsymlink failure on) '?(?<path>[^\s':]+)'?/.exec(
      text,
    )?.groups;
  const path = found?.["path"];
  if (path === undefined || !/no such file or directory/.test(text)) return null;
  const entry = found?.["resource"] ?? found?.["patch"] ?? found?.["source"]?.replace(/^.*=/, "") ?? path;
  return { entry, path, list: listOf(entry, path, text) };
}

function listOf(entry: string, path: string, text: string): string | null {
  const plainEntry = entry.replace(/^\.\//, "");
  if (path === plainEntry) return "kustomization.yaml";
  if (path.endsWith(`/${plainEntry}`)) return `${path.slice(0, -plainEntry.length)}kustomization.yaml`;
  const nested = [...text.matchAll(/recursed accumulation of path '([^']+)'/g)].at(-1)?.[1];
  return nested === undefined ? null : `${nested}/kustomization.yaml`;
}

/** "missing.yaml, listed in clusters/a/kustomization.yaml, is not there". */
export function sayMissing({ entry, path, list }: MissingFile): string {
  return list === null
    ? `${path}, which a kustomization.yaml lists, is not there`
    : `${entry}, listed in ${list}, is not there`;
}
