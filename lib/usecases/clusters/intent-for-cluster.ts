import { uuidv7 } from "../../changes/uuid-v7.ts";
import { planChange } from "../../changes/plan-change.ts";
import type { NewIntent } from "../../db/intents.ts";
import { inlineCode } from "../../domain/change/escape-markdown.ts";
import type { ChangeMeta } from "../../domain/change/meta.ts";
import { clusterFile } from "../../domain/repository/layout.ts";
import { readClusterFiles } from "../../domain/repository/read-cluster.ts";
import type { UseCaseContext } from "../context.ts";
import type { CreateClusterInput } from "./cluster-request-input.ts";
import { costSentence } from "./cost-sentence.ts";
import { parameterRows } from "./parameter-rows.ts";
import { teamOf, type PlannedCluster } from "./plan-cluster.ts";

const undo =
  "Before the merge: close this pull request. After it: ask for the cluster's deletion; reverting the merge commit only " +
  "leaves the cluster unmanaged, it deletes nothing.";

/** Everything a request for a cluster will ever write, fixed before the first call to the forge. */
export function intentForCluster(
  { actor, now, world }: UseCaseContext,
  input: CreateClusterInput,
  { fleet, verdict, files }: PlannedCluster,
): NewIntent {
  const { parameters, cost } = verdict;
  const name = String(parameters["name"]);
  const why = typeof parameters["purpose"] === "string" ? parameters["purpose"] : null;
  const facts = readClusterFiles({ cluster: files[clusterFile(name)] });
  const template = fleet.template;
  const clusters: ChangeMeta["clusters"] =
    facts === null ? [] : [{ ...facts, version: facts.desiredVersion }];
  return planChange({
    id: uuidv7(now),
    repositoryId: world.repository.id,
    idempotencyKey: input.idempotencyKey,
    kind: "create",
    cluster: name,
    actor,
    team: teamOf(parameters),
    baseSha: fleet.baseSha,
    files,
    what: `Adds cluster ${inlineCode(name)} with ${String(Object.keys(files).length)} new files; no existing cluster is touched.`,
    why,
    undo,
    meta: {
      template: template === null ? null : `${template.name}@${String(template.version)}`,
      parameters: template === null ? [] : parameterRows(template.schema, parameters),
      cost: costSentence(cost),
      clusters,
    },
    input: { template: input.template, parameters },
  });
}
