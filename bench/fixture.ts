import { readFileSync } from "node:fs";
import { join } from "node:path";
import { kindOf } from "../sandbox/controllers/runtime/kind.ts";
import type { Unstructured } from "../sandbox/controllers/runtime/objects.ts";

/** What the controllers left of one settled cluster, its name replaced by the placeholder. */
export interface Fixture {
  /** Objects of the cluster's namespace on the management cluster. */
  management: Unstructured[];
  /** Objects of the workload cluster's own API. */
  workload: Unstructured[];
  /** Its files in the fleet repository: path → content. */
  files: Record<string, string>;
}

export const placeholder = "bench-cluster-name";
/** Stands for the head of the fleet repository in revisions. */
export const headPlaceholder = "f".repeat(40);

/** The kinds of cluster a fleet of the benchmark is made of, in turn. */
export const models = ["aks", "dev"] as const;
export type Model = (typeof models)[number];

/** `shared` holds the management cluster's own flux-system. */
export const fixtureFile = (model: Model | "shared"): string =>
  join(import.meta.dirname, "fixtures", `${model}.json`);

export const readFixture = (model: Model | "shared"): Fixture =>
  JSON.parse(readFileSync(fixtureFile(model), "utf8")) as Fixture;

const rbac = "rbac.authorization.k8s.io/v1";

/** Kinds of the portal's own rights on a workload cluster. */
export const rbacKinds = [
  kindOf("v1", "ServiceAccount", "serviceaccounts"),
  kindOf(rbac, "ClusterRole", "clusterroles", false),
  kindOf(rbac, "ClusterRoleBinding", "clusterrolebindings", false),
];
