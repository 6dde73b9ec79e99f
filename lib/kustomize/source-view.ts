import { copyFile, link, mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import ignore, { type Ignore } from "ignore";

/** What a source serves of a checkout, as a directory of its own, and what was left out on purpose. */
export interface SourceView {
  dir: string;
  /** Symbolic links of the checkout: never taken over, so that no build can leave the tree. */
  links: string[];
}

/** What source-controller leaves out unless `spec.ignore` says otherwise (source-controller pkg/sourceignore). */
const always = [".git/", ".gitignore", ".gitmodules", ".gitattributes"];
const byDefault = [
  ...["*.jpg", "*.jpeg", "*.gif", "*.png", "*.wmv", "*.flv", "*.tar.gz", "*.zip"],
  ...[
    ".github/",
    ".circleci/",
    ".travis.yml",
    ".gitlab-ci.yml",
    "appveyor.yml",
    ".drone.yml",
    "cloudbuild.yaml",
  ],
  ...["codeship-services.yml", "codeship-steps.yml", "**/.goreleaser.yml", "**/.sops.yaml", "**/.flux.yaml"],
];

const sourceIgnoreFile = ".sourceignore";

/**
 * Lays out of a checkout what a GitRepository serves: `spec.ignore`, else `.sourceignore` files on top of the
 * defaults. Nothing may be written into a file of it: it can be the checkout's own.
 *
 * @param spec The source's `spec.ignore`; null where it has none.
 */
export async function makeSourceView(
  checkout: string,
  spec: string | null,
  target: string,
): Promise<SourceView> {
  const links: string[] = [];
  const files: string[] = [];
  const directories: string[] = [];
  await walk(checkout, "", { files, links, directories });
  const rules = await rulesOf(checkout, spec, files);
  const served = files.filter((path) => !rules.ignores(path));
  // A directory stays in the artifact when all its files are ignored: its build gives nothing, and that is Ready.
  const kept = directories.filter((path) => !rules.ignores(`${path}/`));
  for (const directory of new Set([...kept, ...served.map((path) => dirname(path))])) {
    await mkdir(join(target, directory), { recursive: true });
  }
  for (const path of served) await place(join(checkout, path), join(target, path));
  return { dir: target, links: links.filter((path) => !rules.ignores(path)) };
}

/** A second name costs a tenth of a copy, and both are only read; another file system takes a copy. */
async function place(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}

interface Walked {
  files: string[];
  links: string[];
  directories: string[];
}

async function walk(root: string, below: string, found: Walked): Promise<void> {
  for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isSymbolicLink()) found.links.push(path);
    else if (entry.isDirectory() && entry.name !== ".git") {
      found.directories.push(path);
      await walk(root, path, found);
    } else if (entry.isFile()) found.files.push(path);
  }
}

async function rulesOf(checkout: string, spec: string | null, files: string[]): Promise<Ignore> {
  const rules = ignore().add(always);
  if (spec !== null) return rules.add(spec);
  rules.add(byDefault);
  for (const path of files.filter(
    (one) => one === sourceIgnoreFile || one.endsWith(`/${sourceIgnoreFile}`),
  )) {
    const lines = (await readFile(join(checkout, path), "utf8")).split("\n");
    rules.add(lines.flatMap((line) => anchored(line.trim(), dirname(path))));
  }
  return rules;
}

/** A line of a nested .sourceignore as the root would write it. */
function anchored(line: string, directory: string): string[] {
  if (line === "" || line.startsWith("#")) return [];
  if (directory === ".") return [line];
  const [sign, pattern] = line.startsWith("!") ? ["!", line.slice(1)] : ["", line];
  const inner = pattern.replace(/\/$/, "").includes("/") ? pattern.replace(/^\//, "") : `**/${pattern}`;
  return [`${sign}/${directory}/${inner}`];
}
