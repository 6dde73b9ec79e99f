import { said } from "./conditions.ts";
import type { Said } from "./conditions.ts";
import { bullet, worst } from "./messages.ts";

/** A Machine's `Ready`: the conditions that are not well, in Cluster API's order; `node` is `NodeHealthy`. */
export function readyCondition(
  deleting: Said,
  bootstrap: Said,
  infrastructure: Said,
  node: Said,
  controlPlane: readonly Said[],
): Said {
  const isDeleting = deleting.status === "True";
  // Parts of a Machine on its way out may go; anything else wrong with them is still said.
  const isGone = ({ reason }: Said): boolean =>
    isDeleting && ["ObjectDeleted", "NodeDeleted", "NodeDoesNotExist"].includes(reason);
  const of = (type: string): Said | undefined => controlPlane.find((each) => each.type === type);
  const parts: [string, Said | undefined][] = [
    [
      "Deleting",
      isDeleting
        ? said("Deleting", "False", "", `Machine deletion in progress, stage: ${deleting.reason}`)
        : undefined,
    ],
    ["BootstrapConfigReady", isGone(bootstrap) ? undefined : bootstrap],
    ["InfrastructureReady", isGone(infrastructure) ? undefined : infrastructure],
    ["NodeHealthy", isGone(node) ? undefined : node],
    ["NodeKubeadmLabelsAndTaintsSet", of("NodeKubeadmLabelsAndTaintsSet")],
    ["Control plane components", of("APIServerPodHealthy")],
    ["EtcdMemberHealthy", of("EtcdMemberHealthy")],
  ];
  const issues = parts.flatMap(([name, part]) =>
    part === undefined || part.status === "True" ? [] : [{ name, part }],
  );
  const status = worst(
    issues.map(({ part }) => part.status),
    "False",
  );
  const reason = { True: "Ready", False: "NotReady", Unknown: "ReadyUnknown" }[status];
  return said("Ready", status, reason, issues.map(({ name, part }) => bullet(name, part.message)).join("\n"));
}
