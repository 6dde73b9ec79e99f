import { conditionOf, said } from "./conditions.ts";
import type { Said } from "./conditions.ts";
import type { MachineFacts } from "./machine-facts.ts";
import { lastSuccessMessage } from "./messages.ts";

const CONTROL_PLANE_CONDITIONS = [
  ["NodeKubeadmLabelsAndTaintsSet", "Set"],
  ["EtcdPodHealthy", "Running"],
  ["EtcdMemberHealthy", "Healthy"],
  ["APIServerPodHealthy", "Running"],
  ["ControllerManagerPodHealthy", "Running"],
  ["SchedulerPodHealthy", "Running"],
] as const;

/** The conditions only a control-plane Machine has; `waiting` is what its node is still waited for. */
export function controlPlaneMachineConditions(facts: MachineFacts, waiting: string | undefined): Said[] {
  const { machine, infrastructure, node } = facts;
  const deleting = machine.metadata.deletionTimestamp !== undefined;
  const isUp = conditionOf(infrastructure, "APIServerProvisioned")?.status === "True";
  return CONTROL_PLANE_CONDITIONS.map(([type, good]) => {
    if (deleting) return said(type, "False", "Deleting", "Machine is deleting");
    if (facts.contact.state === "down")
      return said(type, "Unknown", "ConnectionDown", lastSuccessMessage(facts.contact.lastSuccess));
    // What was said stands while the API server is out of reach for a moment.
    const kept = facts.contact.state === "unsure" ? conditionOf(machine, type) : undefined;
    if (kept !== undefined) return kept;
    if (waiting !== undefined) return said(type, "Unknown", "InspectionFailed", waiting);
    if (isUp || type === "NodeKubeadmLabelsAndTaintsSet") return said(type, "True", good);
    const noMember = `Etcd doesn't have an etcd member for Node ${node?.name ?? ""}`;
    return type === "EtcdMemberHealthy"
      ? said(type, "False", "NotHealthy", noMember)
      : said(type, "False", "DoesNotExist", "Pod does not exist");
  });
}
