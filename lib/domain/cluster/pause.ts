import { findCondition, type Condition } from "../conditions.ts";
import { groupOf, kindOf, readObjects, valueAt } from "../repository/loose.ts";

/** The two ways a Cluster is paused (gitops-reference §5.3): the field pauses all its objects, the annotation one. */
interface Pause {
  field: boolean;
  annotation: boolean;
}

const pauseAnnotation = "cluster.x-k8s.io/paused";

/** What pauses a cluster, as its condition Paused says; both false where its contract has no such condition. */
export function pauseOf(conditions: readonly Condition[]): Pause {
  const condition = findCondition(conditions, "Paused");
  const said = condition?.status === "True" ? (condition.message ?? "") : "";
  return { field: said.includes("spec.paused"), annotation: said.includes(pauseAnnotation) };
}

/** What pauses the cluster in its file in Git (`cluster.yaml`): that is where it is resumed. */
export function pauseInGit(clusterYaml: string): Pause {
  const { objects } = readObjects(clusterYaml);
  const cluster = objects.find(
    ({ object }) => groupOf(object) === "cluster.x-k8s.io" && kindOf(object) === "Cluster",
  )?.object;
  return {
    field: valueAt(cluster, "spec", "paused") === true,
    // Whatever its value: even "false" pauses.
    annotation: valueAt(cluster, "metadata", "annotations", pauseAnnotation) !== undefined,
  };
}

/** The cause in a few words; null where nobody says. */
export function pauseWords({ field, annotation }: Pause): string | null {
  const words = [...(field ? ["spec.paused"] : []), ...(annotation ? [`annotation ${pauseAnnotation}`] : [])];
  return words.length === 0 ? null : words.join(" and ");
}
