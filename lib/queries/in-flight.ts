import {
  clustersWithMilestones,
  mergedSince,
  openVisibleChanges,
  type ListedChange,
} from "../db/change-lists.ts";
import { findRepository } from "../db/repository.ts";
import { code, plain, type TextPart } from "../domain/cluster/text-part.ts";
import { isUnderWay, journeysOf } from "./change-journeys.ts";
import { changeMark } from "./change-mark.ts";
import type { ReadContext } from "./context.ts";
import { repositoryTrouble } from "./repository-trouble.ts";
import type { InFlightView, StepView } from "./views.ts";

const dayMs = 86_400_000;
const most = 8;

/** Changes on their way: open ones, and merged ones whose new clusters are not ready. */
export async function getInFlight({ db, actor, now }: ReadContext): Promise<InFlightView[]> {
  const [open, merged, repository] = await Promise.all([
    openVisibleChanges(db, actor),
    mergedSince(db, actor, new Date(now.getTime() - dayMs), 50),
    findRepository(db),
  ]);
  const names = merged.filter(({ kind }) => kind === "create").flatMap(({ clusters }) => clusters);
  const clusters = names.length === 0 ? [] : await clustersWithMilestones(db, names);
  const moving = merged.flatMap((change): InFlightView[] => {
    const journeys = journeysOf(change, clusters);
    if (!isUnderWay(journeys)) return [];
    const steps = (journeys[0]?.steps ?? [])
      .slice(1)
      .map(({ label, mark }) => ({ mark, label: label.map(({ text }) => text).join("") }));
    return [{ number: change.number, title: titleOf(change), steps: shortened(steps) }];
  });
  const trouble = repositoryTrouble(repository);
  const waiting = open
    .toReversed()
    .map((change) => ({ number: change.number, title: titleOf(change), steps: openSteps(change, trouble) }));
  return [...moving, ...waiting].slice(0, most);
}

/** The cluster's name in mono where the title ends with it. */
function titleOf({ title, clusters }: ListedChange): TextPart[] {
  const name = clusters.find((cluster) => title.endsWith(` ${cluster}`));
  return name === undefined ? [plain(title)] : [plain(title.slice(0, -name.length)), code(name)];
}

function openSteps(change: ListedChange, trouble: string | null): StepView[] {
  const { mark } = changeMark(change, trouble);
  const checked = mark.word === "Waits for approval" || mark.word === "Ready to merge";
  const approved = mark.word === "Ready to merge";
  const step = (label: string, done: boolean, current: boolean): StepView => ({
    label,
    mark: done ? { tone: "healthy", word: "Done" } : current ? mark : { tone: "waiting", word: "To come" },
  });
  return [
    step("Checks", checked, !checked),
    step("Approval", approved, checked && !approved),
    step("Merge", false, approved),
  ];
}

/** Four steps fit a line: the last one done, the one under way and what comes next. */
function shortened(steps: StepView[]): StepView[] {
  const current = steps.findIndex(({ mark }) => mark.word !== "Done");
  const start = Math.max(0, Math.min(current - 1, steps.length - 4));
  return steps.slice(start, start + 4);
}
