import type { StoredClusterDetail } from "../db/clusters.ts";
import { pauseInGit, pauseOf, pauseWords } from "../domain/cluster/pause.ts";
import { code, plain } from "../domain/cluster/text-part.ts";
import { readConditions } from "../domain/conditions.ts";
import { clusterFile } from "../domain/repository/layout.ts";
import type { ClusterDetail, FileView, TextPart } from "./views.ts";

/** Why a paused cluster rests, and where it is resumed: in Git where Git says so, else where it was set. */
export function pausedTrouble(
  { name, namespace, conditions }: StoredClusterDetail,
  files: readonly FileView[],
): ClusterDetail["trouble"] {
  const pause = pauseOf(readConditions(conditions));
  const words = pauseWords(pause);
  const file = clusterFile(name);
  const text = files.find(({ path }) => path === file)?.content;
  const who: TextPart[] =
    words === null ? [plain("Nobody says by what. ")] : [plain("By "), code(words), plain(". ")];
  const resume: TextPart[] = [];
  if (text === undefined) resume.push(plain("It has no file in Git, so whoever paused it has to resume it."));
  else {
    const inGit = pauseInGit(text);
    if (inGit.field || inGit.annotation)
      resume.push(code(file), plain(" says so: to resume, take it out there by a pull request."));
    else if (pause.annotation)
      resume.push(
        plain("Git does not say so: it was set by hand, and is taken off by hand: "),
        code(`kubectl annotate cluster -n ${namespace} ${name} cluster.x-k8s.io/paused-`),
        plain("."),
      );
    else
      resume.push(
        plain("Git does not say so: it was set by hand. To resume, write "),
        code("paused: false"),
        plain(" under "),
        code("spec"),
        plain(" in "),
        code(file),
        plain(" by a pull request; Flux then sets it."),
      );
  }
  return {
    tone: "suspended",
    title: "Cluster API is paused: no change is carried out, not even a deletion",
    aside: null,
    sentence: [...who, ...resume],
  };
}
