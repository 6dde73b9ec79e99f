import { said } from "./conditions.ts";
import type { Said } from "./conditions.ts";
import { NODE_CONDITIONS } from "./node-view.ts";
import type { NodeView } from "./node-view.ts";

/** A Machine's `NodeHealthy` and `NodeReady` for a Node that is there (Cluster API, `summarizeNodeConditions`). */
export function nodeConditionsOf(node: NodeView): [Said, Said] {
  return [healthy(node), ready(node)];
}

/** Both at once: for a Node that is gone, not there yet or out of sight. */
export function bothNodeConditions(status: Said["status"], reason: string, message: string): [Said, Said] {
  return [said("NodeHealthy", status, reason, message), said("NodeReady", status, reason, message)];
}

function ready(node: NodeView): Said {
  const own = node.conditions.find((each) => each.type === "Ready");
  if (own === undefined)
    return said("NodeReady", "Unknown", "NodeReadyUnknown", "* Node.Ready: Condition not yet reported");
  const reason = { True: "NodeReady", False: "NodeNotReady", Unknown: "NodeReadyUnknown" }[own.status];
  const message = own.status === "True" || own.message === "" ? "" : `* Node.Ready: ${own.message}`;
  return said("NodeReady", own.status, reason, message);
}

function healthy(node: NodeView): Said {
  const judged = NODE_CONDITIONS.map((type) => {
    const own = node.conditions.find((each) => each.type === type);
    if (own === undefined) return { type, status: "Unknown", message: "Condition not yet reported" };
    const isGood = own.status === (type === "Ready" ? "True" : "False");
    const status = own.status === "Unknown" ? own.status : isGood ? "True" : "False";
    return { type, status, message: own.message === "" ? `Condition is ${own.status}` : own.message };
  });
  const issues = judged.filter(({ status }) => status !== "True");
  if (issues.length === 0) return said("NodeHealthy", "True", "NodeHealthy");
  const message = issues.map((each) => `* Node.${each.type}: ${each.message}`).join("\n");
  return issues.some(({ status }) => status === "False")
    ? said("NodeHealthy", "False", "NodeNotHealthy", message)
    : said("NodeHealthy", "Unknown", "NodeHealthUnknown", message);
}
