import { outcomeOf, type CheckOutcome, type CheckPart } from "../../domain/change/check-outcome.ts";
import type { Finding, ProtectRule } from "../../domain/protect/finding.ts";
import { grouped } from "../../domain/protect/grouped.ts";
import { judgeFleetChange } from "../../domain/protect/judge-fleet-change.ts";
import { listOf } from "../../domain/protect/words.ts";
import type { MergedTree, Mirror } from "../../git/mirror.ts";
import type { BuildFleet } from "./build-fleet.ts";
import { lastApplied } from "./protect-base.ts";

interface ProtectSubject {
  /** What merging would give. */
  merged: MergedTree;
  baseSha: string;
}

interface ProtectWorld {
  mirror: Pick<Mirror, "treeOf" | "firstParentLog">;
  buildFleet: BuildFleet;
}

const name = "fleetwright/protect";
/** The most sentences one check lists. */
const shown = 20;

const labels: Record<ProtectRule, string> = {
  removed: "Removed",
  renamed: "Replaced",
  moved: "Moved",
  doubled: "Two owners",
  emptied: "Emptied",
  "protection-lost": "Protection lost",
  unprotected: "Without protection",
  force: "Force",
  rewired: "Rewired",
  "source-changed": "Source",
  retargeted: "Another cluster",
  paused: "Paused",
  unjudged: "Cannot be judged",
};

/**
 * `fleetwright/protect`: nothing the fleet lives on is pruned, renamed, moved, emptied, force-replaced or loses its
 * protection (docs/reference/protect.md). Whatever cannot be judged is not a pass.
 */
export async function protectCheck(
  { merged, baseSha }: ProtectSubject,
  { mirror, buildFleet }: ProtectWorld,
): Promise<CheckOutcome> {
  if (!merged.clean) {
    const sentence = `What merging would prune cannot be told: it conflicts with the default branch in ${listOf(merged.paths)}.`;
    return outcomeOf(name, [{ label: labels.unjudged, state: "fail", sentence }], "");
  }
  try {
    const [base, head] = await Promise.all([
      lastApplied(mirror, buildFleet, baseSha),
      buildFleet(merged.tree),
    ]);
    return protectOutcome(judgeFleetChange(base, head), head.length);
  } catch {
    const sentence =
      "What merging would prune cannot be told: building the fleet failed here; it is tried again.";
    return outcomeOf(name, [{ label: labels.unjudged, state: "wait", sentence }], "");
  }
}

function protectOutcome(findings: readonly Finding[], built: number): CheckOutcome {
  const well = `nothing the fleet lives on is removed, moved or left without protection (${String(built)} Kustomizations compared)`;
  const parts = collapsed(findings);
  if (findings.every(({ severity }) => severity === "warn"))
    parts.unshift({ label: "Protected", state: "pass", sentence: well });
  const rest = parts.slice(shown);
  const state = rest.some((part) => part.state === "fail") ? "fail" : "warn";
  const more = { label: "More", state, sentence: `${String(rest.length)} more of the kind` } as const;
  return outcomeOf(name, rest.length > 0 ? [...parts.slice(0, shown), more] : parts, well);
}

/** What happens to many clusters alike is one sentence. */
function collapsed(findings: readonly Finding[]): CheckPart[] {
  const alike = ({ rule, severity, cluster, sentence }: Finding): string =>
    [rule, severity, cluster === null ? sentence : sentence.replaceAll(cluster, "\0")].join(" ");
  return grouped(findings, alike).map(([{ rule, severity, sentence }, all]) => {
    const others = all.slice(1).flatMap(({ cluster }) => cluster ?? []);
    const many = `; the same for ${String(others.length)} more cluster${others.length === 1 ? "" : "s"} (${listOf(others)}).`;
    return {
      label: labels[rule],
      state: severity,
      sentence: others.length === 0 ? sentence : sentence.replace(/\.$/, many),
    };
  });
}
