import { parseFleetConfig } from "../../domain/fleet/config.ts";
import { parsePrices } from "../../domain/fleet/prices.ts";
import { fleetConfigFile, pricesFile, templatesDir } from "../../domain/repository/layout.ts";
import type { Problem } from "../../domain/repository/problem.ts";
import { parseTemplate } from "../../domain/repository/template.ts";
import type { Mirror } from "../../git/mirror.ts";

/** What is wrong with fleet.yaml, prices.yaml and the templates of a commit or tree. */
export async function configProblems(mirror: Mirror, sha: string): Promise<Problem[]> {
  const files = await mirror.readFiles(sha, [fleetConfigFile, pricesFile, templatesDir]);
  const fleet = files.get(fleetConfigFile);
  const prices = files.get(pricesFile);
  return [
    ...(fleet === undefined ? [] : parseFleetConfig(fleet).problems),
    ...(prices === undefined ? [] : parsePrices(prices).problems),
    ...templateFiles(files).flatMap(([name, own]) => parseTemplate(name, own).problems),
  ];
}

/** Files per template, named relative to its directory. */
export function templateFiles(files: ReadonlyMap<string, string>): [string, Record<string, string>][] {
  const found = new Map<string, Record<string, string>>();
  for (const [path, text] of files) {
    const match = /^templates\/([^/]+)\/(.+)$/.exec(path);
    const [, name, file] = match ?? [];
    if (name === undefined || file === undefined) continue;
    found.set(name, { ...found.get(name), [file]: text });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}
