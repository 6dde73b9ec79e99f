import { escapeMarkdown } from "./escape-markdown.ts";

/** Checks the App writes on every pull request (decisions §1). */
export const ourChecks = [
  "fleetwright/build",
  "fleetwright/policy",
  "fleetwright/protect",
  "fleetwright/approval",
] as const;
export type OurCheck = (typeof ourChecks)[number];

/** Names as people read them. */
export const checkLabels: Record<OurCheck, string> = {
  "fleetwright/build": "Builds and validates",
  "fleetwright/policy": "Policy",
  "fleetwright/protect": "Nothing is pruned",
  "fleetwright/approval": "Approval",
};

export const isOurCheck = (name: string): name is OurCheck => ourChecks.some((check) => check === name);

export type PartState = "pass" | "fail" | "wait" | "warn";

/** One question a check answers ("No overlap"). */
export interface CheckPart {
  label: string;
  state: PartState;
  sentence: string;
}

/** What a check found, before it is written to the forge. */
export interface CheckOutcome {
  name: OurCheck;
  state: "pass" | "fail" | "wait";
  /** One line. */
  title: string;
  parts: CheckPart[];
}

/** The worst of the parts decides; the title is given, or taken from the first part that is not well. */
export function outcomeOf(name: OurCheck, parts: CheckPart[], wellTitle: string): CheckOutcome {
  const failed = parts.filter(({ state }) => state === "fail");
  const waiting = parts.filter(({ state }) => state === "wait");
  const state = failed.length > 0 ? "fail" : waiting.length > 0 ? "wait" : "pass";
  const first = failed[0] ?? waiting[0];
  const more = Math.max(failed.length, 1) - 1;
  const title = first ? `${first.sentence}${more > 0 ? ` (and ${String(more)} more)` : ""}` : wellTitle;
  return { name, state, title: title.slice(0, 200), parts };
}

const words: Record<PartState, string> = { pass: "Pass", fail: "**Fail**", wait: "Waits", warn: "Note" };

/** The parts as the check run's summary: Markdown people read on the forge. */
export function renderSummary(parts: readonly CheckPart[]): string {
  if (parts.length === 0) return "Nothing to check.";
  return parts
    .map(
      ({ label, state, sentence }) =>
        `- ${words[state]} · ${escapeMarkdown(label)}: ${escapeMarkdown(sentence)}`,
    )
    .join("\n");
}

/** The parts as JSON for the check run's text, so that any replica reads them back. */
export const renderParts = (parts: readonly CheckPart[]): string => JSON.stringify(parts);

/** Reads {@link renderParts} back; an odd text gives no parts. */
export function parseParts(text: string | null): CheckPart[] {
  if (text === null || !text.startsWith("[")) return [];
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.filter(isPart) : [];
  } catch {
    return [];
  }
}

function isPart(value: unknown): value is CheckPart {
  if (typeof value !== "object" || value === null) return false;
  const { label, state, sentence } = value as Record<string, unknown>;
  return (
    typeof label === "string" && typeof sentence === "string" && typeof state === "string" && state in words
  );
}
