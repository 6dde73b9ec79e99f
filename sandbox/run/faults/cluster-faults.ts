import { FAULT_ANNOTATION, NEVER_AVAILABLE_ANNOTATION } from "../../controllers/faults.ts";
import type { FaultName } from "../../controllers/faults.ts";
import { readFile } from "./commit-file.ts";
import { needed, type FaultCommand, type FaultPlan } from "./fault-command.ts";
import type { FaultStep } from "./fault-step.ts";

const usualDeployment = "ingress-nginx/ingress-nginx-controller";

/** What goes wrong in one cluster: at its cloud, in its upgrade, on its nodes, in its applications. */
export const clusterFaults: readonly FaultCommand[] = [
  {
    name: "quota",
    usage: "<cluster>",
    summary: "Azure refuses the cores of the cluster's pools (QuotaExceeded)",
    plan: ([cluster]) => annotated(needed(cluster, "cluster"), "quota-exceeded"),
  },
  {
    name: "upgrade-stuck",
    usage: "<cluster> [version]",
    summary: "an upgrade that begins never ends; with a version one is begun by a commit",
    plan: async ([name, version], tools) => {
      const cluster = needed(name, "cluster");
      const { on, undo } = annotated(cluster, "upgrade-stuck");
      if (version === undefined) return { on, undo };
      const path = `clusters/${cluster}/cluster.yaml`;
      const before = await readFile(tools, path);
      if (before === null) throw new Error(`${path} is not in the repository`);
      return { on: [...on, ...upgrade(path, before, version)], undo };
    },
  },
  {
    name: "nodes-not-ready",
    usage: "<cluster>",
    summary: "the cluster's nodes report Ready=False",
    plan: ([cluster]) => annotated(needed(cluster, "cluster"), "nodes-not-ready"),
  },
  {
    name: "build-error",
    usage: "<cluster>",
    summary: "a commit past the checks after which kustomize cannot build the cluster's directory",
    plan: ([name]) => buildError(needed(name, "cluster")),
  },
  {
    name: "health",
    usage: `<cluster> [namespace/deployment]`,
    summary: `a Deployment is not available any more (${usualDeployment}), so a health check fails`,
    plan: ([name, deployment]) => failingHealth(needed(name, "cluster"), deployment ?? usualDeployment),
  },
];

function annotated(cluster: string, word: FaultName): FaultPlan {
  const step = { do: "annotate", cluster, annotation: FAULT_ANNOTATION, word } as const;
  return { on: [{ ...step, on: true }], undo: [{ ...step, on: false }] };
}

/** The control plane only: a pool may not run ahead of it. A version cannot go back, so nothing undoes it. */
function upgrade(path: string, before: string, version: string): FaultStep[] {
  const content = before.replace(/^( {2}version: )v\d+\.\d+\.\d+/m, `$1${version}`);
  if (content === before) throw new Error(`${path} names no other version to replace by ${version}`);
  return [{ do: "commit", path, content, message: `Upgrade the control plane to ${version}` }];
}

function buildError(cluster: string): FaultPlan {
  const path = `clusters/${cluster}/kustomization.yaml`;
  const resources = ["missing.yaml", "cluster.yaml"];
  const content = [
    "apiVersion: kustomize.config.k8s.io/v1beta1",
    "kind: Kustomization",
    "resources:",
    ...resources.map((each) => `  - ${each}`),
    "",
  ].join("\n");
  return {
    on: [{ do: "commit", path, content, message: `List the files of ${cluster}` }],
    undo: [{ do: "commit", path, content: null, message: `Revert "List the files of ${cluster}"` }],
  };
}

/** Flux looks at health at its interval; it is asked to look now, both times. */
function failingHealth(cluster: string, deployment: string): FaultPlan {
  const step = {
    do: "annotate",
    cluster,
    annotation: NEVER_AVAILABLE_ANNOTATION,
    word: deployment,
  } as const;
  const name = "infrastructure";
  const look = { do: "reconcile", cluster, kind: "Kustomization", namespace: "flux-system", name } as const;
  return { on: [{ ...step, on: true }, look], undo: [{ ...step, on: false }, look] };
}
