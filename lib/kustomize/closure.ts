import { lstat, readdir, readFile } from "node:fs/promises";
import { join, normalize } from "node:path";
import { parseDocument } from "yaml";

/** Names kustomize looks for, in its order. */
const kustomizationNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** Everything one build reads, relative to the tree's root. */
export interface Closure {
  /** Files, sorted. */
  files: string[];
  /** Why it must not be built; null when it may. */
  refusal: string | null;
  /** Entries of a kustomization to generate, where the directory has none (as kustomize-controller does). */
  generated: string[] | null;
}

class Refusal extends Error {}

/** Fields whose entries are files or directories. */
const pathFields = ["resources", "bases", "components", "crds", "configurations", "patchesStrategicMerge"];
/** Fields that run code or fetch charts. */
const refusedFields = [
  "helmCharts",
  "helmChartInflationGenerator",
  "helmGlobals",
  "generators",
  "transformers",
  "validators",
];

/**
 * Follows a kustomization through everything it reads, without building. Refused: links, paths that leave the tree,
 * remote resources, Helm and plugins (decisions §6).
 */
export async function readClosure(root: string, path: string, links: readonly string[]): Promise<Closure> {
  const reader = new ClosureReader(root, links);
  try {
    const start = reader.inside("", path);
    const generated = await reader.directory(start, true);
    return { files: [...reader.files].sort(), refusal: null, generated };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { files: [...reader.files].sort(), refusal: error.message, generated: null };
  }
}

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Go's JSON reader, which kustomize uses, matches keys without regard to case, by Unicode's simple folding. */
const fold = (key: string): string => key.toUpperCase().toLowerCase();

/** Values of a field under every spelling kustomize would take for it. */
const valuesOf = (fields: unknown, name: string): unknown[] =>
  isFields(fields)
    ? Object.entries(fields).flatMap(([key, value]) => (fold(key) === fold(name) ? [value] : []))
    : [];

const itemsOf = (fields: unknown, name: string): unknown[] =>
  valuesOf(fields, name).flatMap((value): unknown[] => (Array.isArray(value) ? value : []));

class ClosureReader {
  readonly files = new Set<string>();
  readonly #root: string;
  readonly #links: readonly string[];
  readonly #seen = new Set<string>();

  constructor(root: string, links: readonly string[]) {
    this.#root = root;
    this.#links = links;
  }

  /** A path below the tree's root. @throws Refusal where it leaves the tree or follows a link. */
  inside(directory: string, path: string): string {
    if (path.startsWith("/") || path.includes("\0"))
      throw new Refusal(`${path} is an absolute path; only paths inside the repository are built`);
    const joined = normalize(join(directory, path)).replace(/\/+$/, "");
    if (joined === ".." || joined.startsWith("../")) throw new Refusal(`${path} leaves the repository`);
    const own = joined === "." ? "" : joined;
    const link = this.#links.find((one) => own === one || own.startsWith(`${one}/`));
    if (link !== undefined) throw new Refusal(`${link} is a symbolic link; links are not built`);
    return own;
  }

  /** Reads a directory's kustomization; the entries to generate where it has none and may do without. */
  async directory(path: string, isStart: boolean): Promise<string[] | null> {
    if (this.#seen.has(path)) return null;
    this.#seen.add(path);
    const name = await this.#kustomizationIn(path);
    if (name === null) {
      if (!isStart) throw new Refusal(`${path} has no kustomization.yaml`);
      return this.#generate(path);
    }
    const file = path === "" ? name : `${path}/${name}`;
    this.files.add(file);
    const fields: unknown = parseYaml(file, await readFile(join(this.#root, file), "utf8"));
    if (isFields(fields)) await this.#follow(path, file, fields);
    return null;
  }

  async #kustomizationIn(path: string): Promise<string | null> {
    if ((await this.#kindOf(path)) !== "directory")
      throw new Refusal(`kustomization path not found: ${path}`);
    for (const name of kustomizationNames) {
      if ((await this.#kindOf(path === "" ? name : `${path}/${name}`)) === "file") return name;
    }
    return null;
  }

  async #kindOf(path: string): Promise<"file" | "directory" | null> {
    const found = await lstat(join(this.#root, path)).catch(() => null);
    if (found?.isFile() === true) return "file";
    return found?.isDirectory() === true ? "directory" : null;
  }

  async #follow(directory: string, file: string, fields: Fields): Promise<void> {
    const refused = refusedFields.find((field) => valuesOf(fields, field).length > 0);
    if (refused !== undefined)
      throw new Refusal(`${file} uses ${refused}; Helm charts and plugins are not built`);
    const entries = pathFields.flatMap((field) => itemsOf(fields, field));
    const withPath = ["patches", "patchesJson6902", "replacements"].flatMap((list) => itemsOf(fields, list));
    for (const one of [...withPath, ...valuesOf(fields, "openapi")]) entries.push(...valuesOf(one, "path"));
    for (const generator of ["configMapGenerator", "secretGenerator"].flatMap((list) =>
      itemsOf(fields, list),
    )) {
      const files = itemsOf(generator, "files").map((one) =>
        typeof one === "string" ? one.replace(/^[^=]*=/, "") : one,
      );
      entries.push(...files, ...itemsOf(generator, "envs"), ...valuesOf(generator, "env"));
    }
    for (const entry of entries) if (typeof entry === "string") await this.#entry(directory, file, entry);
  }

  async #entry(directory: string, file: string, entry: string): Promise<void> {
    if (entry.includes("\n")) return; // an inline strategic merge patch
    if (/^[a-z][a-z0-9+.-]*:/i.test(entry) || entry.includes("?ref=")) throw new Refusal(remote(file, entry));
    const path = this.inside(directory, entry);
    const kind = await this.#kindOf(path);
    if (kind === "directory") await this.directory(path, false);
    else if (kind === "file") this.files.add(path);
    else throw new Refusal(remote(file, entry));
  }

  /** Every YAML file below; a directory with a kustomization of its own as a whole. */
  async #generate(path: string): Promise<string[]> {
    const link = this.#links.find((one) => one.startsWith(path === "" ? "" : `${path}/`));
    if (link !== undefined) throw new Refusal(`${link} is a symbolic link; links are not built`);
    const found: string[] = [];
    const entries = await readdir(join(this.#root, path), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const own = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isFile() && /\.ya?ml$/.test(entry.name)) {
        this.files.add(own);
        found.push(own);
      } else if (entry.isDirectory()) {
        if ((await this.#kustomizationIn(own)) === null) found.push(...(await this.#generate(own)));
        else {
          await this.directory(own, false);
          found.push(own);
        }
      }
    }
    return found;
  }
}

const remote = (file: string, entry: string): string =>
  `${file} names ${entry}, which is not in the repository as this source serves it; remote resources are not fetched`;

/** One document, merge keys resolved as kustomize's reader does. */
function parseYaml(file: string, text: string): unknown {
  const document = parseDocument(text, { merge: true, prettyErrors: false });
  const error = document.errors[0];
  if (error) throw new Refusal(`${file} is not valid YAML: ${error.message}`);
  try {
    return document.toJS({ maxAliasCount: 20 });
  } catch {
    throw new Refusal(`${file} is not valid YAML: too many aliases`);
  }
}
