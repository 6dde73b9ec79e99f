import { templateDir } from "../../lib/domain/repository/layout.ts";
import { renderTemplate } from "../../lib/domain/repository/render.ts";
import { parseTemplate, type Template } from "../../lib/domain/repository/template.ts";
import { problemLine } from "../../lib/domain/repository/problem.ts";
import { parametersOf } from "./parameters.ts";
import type { PlannedCluster } from "./plan.ts";
import { filesBelow } from "./repository-files.ts";

/** Reads one template out of the repository's files. @throws Error naming what is wrong with it. */
export function templateFrom(files: Record<string, string>, name: string): Template {
  const { template, problems } = parseTemplate(name, filesBelow(files, templateDir(name)));
  if (template === null) throw new Error(problems.map(problemLine).join("\n"));
  return template;
}

/** The three files of every planned cluster, rendered by the portal's own renderer. */
export function renderFleet(
  files: Record<string, string>,
  clusters: readonly PlannedCluster[],
  now: Date,
): Map<string, Record<string, string>> {
  const templates = new Map<string, Template>();
  const rendered = new Map<string, Record<string, string>>();
  for (const cluster of clusters) {
    const template = templates.get(cluster.template) ?? templateFrom(files, cluster.template);
    templates.set(cluster.template, template);
    const result = renderTemplate(template, parametersOf(cluster, now));
    if (!result.ok) throw new Error(`${cluster.name}: ${result.message}`);
    rendered.set(cluster.name, result.value);
  }
  return rendered;
}
