import type { Condition } from "../conditions.ts";
import { firstSentence } from "./cause-of.ts";
import type { Mark, Tone } from "./mark.ts";

export interface ConditionInWords {
  label: string;
  mark: Mark;
  sentence: string;
  since: string | null;
}

/** How one condition of a Cluster is said. */
interface Phrase {
  type: string;
  label: string;
  /** What True says; null where True is the unremarkable case of something that happens (RollingOut …). */
  yes: string;
  no: string;
  /** True means that something is going on, not that something is well. */
  happening?: boolean;
  /** Not shown while nothing is to be said. */
  quiet?: boolean;
}

const phrases: readonly Phrase[] = [
  {
    type: "Available",
    label: "Available",
    yes: "The control plane answers and all infrastructure is in place.",
    no: "Something the cluster needs is not in place.",
  },
  {
    type: "InfrastructureReady",
    label: "Infrastructure",
    yes: "Network and other infrastructure are provisioned.",
    no: "The infrastructure is not ready yet.",
  },
  {
    type: "ControlPlaneInitialized",
    label: "Control plane started",
    yes: "The control plane has answered once.",
    no: "The control plane has not answered yet.",
    quiet: true,
  },
  {
    type: "ControlPlaneAvailable",
    label: "Control plane",
    yes: "Its provider calls the control plane available.",
    no: "The control plane does not serve requests.",
  },
  {
    type: "ControlPlaneMachinesReady",
    label: "Control-plane machines",
    yes: "All control-plane machines are ready.",
    no: "A control-plane machine is not ready.",
    quiet: true,
  },
  {
    type: "WorkersAvailable",
    label: "Workers",
    yes: "Enough workers are available.",
    no: "Too few workers are available.",
  },
  {
    type: "WorkerMachinesReady",
    label: "Worker machines",
    yes: "All worker machines are ready.",
    no: "A worker machine is not ready.",
    quiet: true,
  },
  {
    type: "TopologyReconciled",
    label: "Cluster class",
    yes: "The cluster is what its class describes.",
    no: "The cluster is not yet what its class describes.",
  },
  {
    type: "RemoteConnectionProbe",
    label: "Reachable",
    yes: "The management cluster reaches its API server.",
    no: "The management cluster does not reach its API server.",
  },
  { type: "RollingOut", label: "Roll-out", yes: "Machines are being replaced.", no: "", happening: true },
  { type: "ScalingUp", label: "Scaling up", yes: "Machines are being added.", no: "", happening: true },
  { type: "ScalingDown", label: "Scaling down", yes: "Machines are being removed.", no: "", happening: true },
  {
    type: "Remediating",
    label: "Repair",
    yes: "An unhealthy machine is being replaced.",
    no: "",
    happening: true,
  },
  { type: "Deleting", label: "Deletion", yes: "The cluster is being deleted.", no: "", happening: true },
  { type: "Paused", label: "Paused", yes: "Cluster API leaves the cluster alone.", no: "", happening: true },
];

const providerLabels: Record<string, string> = {
  ResourceGroup: "Azure resource group",
  ManagedCluster: "Azure managed cluster",
  ManagedClustersAgentPool: "Azure agent pool",
};

/** The conditions worth reading, in reading order, each as a sentence. Types we do not know are left out. */
export function conditionsInWords(conditions: readonly Condition[]): ConditionInWords[] {
  const known = phrases.flatMap((phrase) => {
    const condition = conditions.find(({ type }) => type === phrase.type);
    return condition ? (sayCondition(phrase, condition) ?? []) : [];
  });
  return [...known, ...conditions.flatMap((condition) => sayProvider(condition) ?? [])];
}

function sayCondition(phrase: Phrase, { status, message, since }: Condition): ConditionInWords | null {
  const { label, yes, no, happening, quiet } = phrase;
  const told = firstSentence(message);
  if (status === "Unknown") {
    if (happening || quiet) return null;
    return {
      label,
      mark: { tone: "unknown", word: "Unknown" },
      sentence: told ?? "Nobody has reported on it yet.",
      since,
    };
  }
  if (happening) {
    if (status === "False") return null;
    return {
      label,
      mark: { tone: label === "Paused" ? "suspended" : "progress", word: label },
      sentence: told ?? yes,
      since,
    };
  }
  if (status === "True")
    return quiet ? null : { label, mark: { tone: "healthy", word: "Yes" }, sentence: yes, since };
  const sentence = told === null ? no : `${no} ${told}`;
  return { label, mark: { tone: "attention", word: "No" }, sentence, since };
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
