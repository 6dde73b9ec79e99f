import { kubeTime } from "../runtime/conditions.ts";
import type { Said, Status } from "./conditions.ts";

/** One object's message under a heading such as `Machine a`. */
export interface Part {
  kind: string;
  name: string;
  message: string;
}

const MOST_NAMES = 3;
const MOST_MESSAGES = 3;

/** What is said of anything on a workload API server that has been silent for too long. */
export function lastSuccessMessage(lastSuccess: Date): string {
  return `Last successful probe at ${kubeTime(lastSuccess)}`;
}

/**
 * One bullet as Cluster API's summaries write it: `* Head: line`, or the head alone and the lines below it indented
 * when the message has several lines or is itself a list.
 */
export function bullet(head: string, message: string): string {
  if (!message.includes("\n") && !message.startsWith("* ")) return `* ${head}: ${message}`;
  const [first = "", ...rest] = message.split("\n");
  if (first.startsWith("* "))
    return [`* ${head}:`, ...[first, ...rest].map((line) => `  ${line}`)].join("\n");
  return [`* ${head}:`, `  * ${first}`, ...rest.map((line) => `    ${line}`)].join("\n");
}

/** Names as in `a, b, c, ... (2 more)`. */
export function names(all: readonly string[], most = MOST_NAMES): string {
  const shown = [...all].sort().slice(0, most);
  return all.length > most
    ? `${shown.join(", ")}, ... (${String(all.length - most)} more)`
    : shown.join(", ");
}

/** Bullets of several objects; those with the same message share one, the largest groups first, three at most. */
export function grouped(parts: readonly Part[]): string {
  return bullets(parts, "with other issues", MOST_MESSAGES).lines.join("\n");
}

/** As Cluster API's `aggregateMessages`: by kind, by size of the group, then by name as recorded. */
function bullets(parts: readonly Part[], others: string, most: number): { lines: string[]; shown: number } {
  const lines: string[] = [];
  let shown = 0;
  for (const [kind, ofKind] of Map.groupBy(parts, (part) => part.kind)) {
    const first = (group: readonly Part[]): string => group.map((part) => part.name).sort()[0] ?? "";
    const groups = [...Map.groupBy(ofKind, (part) => part.message)].sort(
      ([, a], [, b]) => b.length - a.length || (first(a) < first(b) ? -1 : 1),
    );
    let left = 0;
    for (const [message, group] of groups) {
      if (shown === most) {
        left += group.length;
        continue;
      }
      shown += 1;
      const title = `${kind}${group.length > 1 ? "s" : ""}`;
      lines.push(bullet(`${title} ${names(group.map((each) => each.name))}`, message));
    }
    if (left > 0) lines.push(`And ${String(left)} ${kind}${left > 1 ? "s" : ""} ${others}`);
  }
  return { lines, shown };
}

/** The worst status of several, by polarity: a problem first, then Unknown. */
export function worst(all: readonly Status[], problem: Status): Status {
  if (all.includes(problem)) return problem;
  if (all.includes("Unknown")) return "Unknown";
  return problem === "False" ? "True" : "False";
}

/** Where an aggregate looks: the object and its condition, undefined when it reports none yet. */
export interface Source {
  kind: string;
  name: string;
  condition: Said | undefined;
}

/** An aggregate over objects where False is the problem (Available, Ready, UpToDate). */
export function allOf(
  type: string,
  from: string,
  sources: readonly Source[],
  words: { good: string; bad: string; unknown: string; none: Said },
): Said {
  if (sources.length === 0) return words.none;
  const { status, message } = gather(from, sources, "False");
  const reason = status === "True" ? words.good : status === "False" ? words.bad : words.unknown;
  return { type, status, reason, message };
}

/** An aggregate over objects where True is the event (RollingOut, ScalingUp, ScalingDown). */
export function anyOf(type: string, sources: readonly Source[]): Said {
  const { status, message } = gather(type, sources, "True");
  const reason = status === "True" ? type : status === "False" ? `Not${type}` : `${type}Unknown`;
  return { type, status, reason, message };
}

function gather(
  from: string,
  sources: readonly Source[],
  problem: Status,
): { status: Status; message: string } {
  const good: Status = problem === "True" ? "False" : "True";
  const status = worst(
    sources.map((source) => source.condition?.status ?? "Unknown"),
    problem,
  );
  const partsOf = (isIssue: boolean): Part[] =>
    sources
      .filter(({ condition }) => condition?.status !== good && (condition?.status === problem) === isIssue)
      .map(({ kind, name, condition }) => ({
        kind,
        name,
        message: condition === undefined ? `Condition ${from} not yet reported` : condition.message,
      }));
  const issues = bullets(partsOf(true), "with other issues", MOST_MESSAGES);
  const unknown = bullets(partsOf(false), "with status unknown", MOST_MESSAGES - issues.shown);
  const message = [...issues.lines, ...unknown.lines].join("\n");
  return { status, message };
}
