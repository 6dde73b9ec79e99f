import type { Condition } from "../conditions.ts";
import { firstSentence } from "./cause-of.ts";
import { conditionPhrases, type ConditionPhrase } from "./condition-phrases.ts";
import type { Mark, Tone } from "./mark.ts";

export interface ConditionInWords {
  label: string;
  mark: Mark;
  sentence: string;
  since: string | null;
}

const providerLabels: Record<string, string> = {
  ResourceGroup: "Azure resource group",
  ManagedCluster: "Azure managed cluster",
  ManagedClustersAgentPool: "Azure agent pool",
};

const order = Object.keys(conditionPhrases);

/**
 * The conditions worth reading, in reading order, each as a sentence; those of types nobody here knows follow under
 * their own names, and last what Azure says.
 */
export function conditionsInWords(conditions: readonly Condition[]): ConditionInWords[] {
  const place = ({ type }: Condition) => (type in conditionPhrases ? order.indexOf(type) : order.length);
  return conditions
    .filter(isWorthReading)
    .map((condition, index) => ({ condition, index }))
    .sort((a, b) => rankOf(a.condition) - rankOf(b.condition) || place(a.condition) - place(b.condition))
    .map(({ condition }) => sayCondition(condition));
}

const rankOf = ({ type }: Condition): number => (isProvider(type) ? 1 : 0);
const isProvider = (type: string): boolean =>
  (type.split("/")[0] ?? "") in providerLabels && type.includes("/");

function isWorthReading({ type, status }: Condition): boolean {
  const phrase = conditionPhrases[type];
  if (phrase === undefined) return isProvider(type) || !type.includes("/");
  if (phrase.happening) return status === "True";
  return !phrase.quiet || status === "False";
}

/** Any condition as a sentence, also of a type nobody here knows. */
export function sayCondition(condition: Condition): ConditionInWords {
  const phrase = conditionPhrases[condition.type];
  if (phrase) return sayKnown(phrase, condition);
  return sayProvider(condition) ?? sayUnknown(condition);
}

function sayKnown(
  phrase: ConditionPhrase,
  { status, message, severity, since }: Condition,
): ConditionInWords {
  const { label, yes, no, happening } = phrase;
  const told = firstSentence(message);
  if (status === "Unknown")
    return { label, mark: unknown, sentence: told ?? "Nobody has reported on it yet.", since };
  if (happening) {
    if (status === "False") return { label, mark: { tone: "healthy", word: "No" }, sentence: no, since };
    return {
      label,
      mark: { tone: happeningTones[label] ?? "progress", word: label },
      sentence: told ?? yes,
      since,
    };
  }
  if (status === "True") return { label, mark: { tone: "healthy", word: "Yes" }, sentence: yes, since };
  const sentence = told === null ? no : `${no} ${told}`;
  return { label, mark: notSo[severity ?? ""] ?? { tone: "attention", word: "No" }, sentence, since };
}

const unknown: Mark = { tone: "unknown", word: "Unknown" };
const happeningTones: Record<string, Tone> = { Paused: "suspended", Stuck: "failed" };
/** The older conditions say how bad it is that they are False. */
const notSo: Record<string, Mark> = {
  Error: { tone: "failed", word: "No" },
  Info: { tone: "progress", word: "Not yet" },
};

/** Whether True is good of an unknown type nobody can tell, so it has no colour. */
function sayUnknown({ type, status, reason, message, since }: Condition): ConditionInWords {
  const mark: Mark = status === "Unknown" ? unknown : { tone: "waiting", word: status };
  const sentence = firstSentence(message) ?? reason ?? `The object says no more than ${status}.`;
  return { label: readable(type), mark, sentence, since };
}

/** `SomethingIsReady` as "Something is ready"; a name of another shape stays as it is. */
function readable(type: string): string {
  if (!/^[A-Z][A-Za-z0-9]+$/.test(type)) return type;
  const words = type.replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, "$1$3 $2").split(" ");
  return words
    .map((word, index) => (index === 0 || /^[A-Z0-9]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(" ");
}

/** What an Azure object says about itself (`Kind/name`, kept beside the Cluster's conditions). */
function sayProvider({ type, status, severity, reason, message, since }: Condition): ConditionInWords | null {
  const [kind = "", name = ""] = type.split("/");
  const about = providerLabels[kind];
  if (about === undefined) return null;
  const label = `${about} ${name}`;
  if (status === "True")
    return { label, mark: { tone: "healthy", word: "Succeeded" }, sentence: "Azure reports success.", since };
  if (status === "Unknown")
    return {
      label,
      mark: { tone: "unknown", word: "Unknown" },
      sentence: "Azure has not reported on it yet.",
      since,
    };
  const tones: Record<string, Tone> = { Error: "failed", Warning: "attention" };
  const words: Record<string, string> = { Error: "Failed", Warning: "Retrying" };
  return {
    label,
    mark: { tone: tones[severity ?? ""] ?? "progress", word: words[severity ?? ""] ?? "Working" },
    sentence: firstSentence(message) ?? reason ?? "Azure is working on it.",
    since,
  };
}
