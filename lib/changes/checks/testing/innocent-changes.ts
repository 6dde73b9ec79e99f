import {
  all,
  at,
  copyDirectory,
  drop,
  remove,
  replace,
  replaceIn,
  write,
  type Edit,
  type RepositoryChange,
} from "./repository-change.ts";

/** Another cluster's three files under a new name. */
const addCluster: Edit = (files) =>
  Object.fromEntries(
    [at.cluster, at.fluxConfig, at.fleet].map((path) => [
      path.replace("prod-weu-3", "prod-weu-9"),
      (files[path] ?? "").replaceAll("prod-weu-3", "prod-weu-9"),
    ]),
  );

const backwards =
  (path: string): Edit =>
  (files) => ({
    [path]: (files[path] ?? "")
      .split(/^---\n/m)
      .toReversed()
      .join("\n---\n"),
  });

/** Lets a file of a cluster's directory be seen by the management cluster only. */
const hideFromWorkloads = (file: string): Edit =>
  replace(
    at.sources,
    "    /clusters/*/cluster.yaml",
    `    /clusters/*/cluster.yaml\n    /clusters/*/${file}`,
  );

const move =
  (from: string, to: string): Edit =>
  (files) => ({ [from]: null, [to]: files[from] ?? "" });

/** Changes that take nothing away. */
export const innocentChanges: RepositoryChange[] = [
  { name: "nothing", edit: () => ({}) },
  { name: "README", edit: write("README.md", "# Fleet\n") },
  { name: "fleet.yaml", edit: replace("fleet.yaml", /^/, "# ours\n") },
  { name: "a label on a cluster", edit: replace(at.cluster, "  labels:\n", "  labels:\n    tier: gold\n") },
  {
    name: "an annotation",
    edit: replace(at.cluster, "  annotations:\n", "  annotations:\n    note: hello\n"),
  },
  {
    name: "a later expiry",
    edit: replace(
      at.devCluster,
      "    fleetwright.dev/owner",
      '    fleetwright.dev/expires-at: "2027-03-01"\n    fleetwright.dev/owner',
    ),
  },
  {
    name: "a new Kubernetes version",
    edit: replace(at.cluster, /version: v1\.\d+\.\d+/g, "version: v1.35.1"),
  },
  { name: "more nodes", edit: replace(at.cluster, /maxCount: \d+/g, "maxCount: 20") },
  { name: "a comment", edit: replace(at.cluster, /^/, "# ours\n") },
  { name: "documents in another order", edit: backwards(at.cluster) },
  { name: "another style of YAML", edit: replace(at.cluster, /name: prod-weu-3$/gm, 'name: "prod-weu-3"') },
  {
    name: "a newer version of the same API",
    edit: replace(at.fleet, "notification.toolkit.fluxcd.io/v1beta3", "notification.toolkit.fluxcd.io/v1"),
  },
  { name: "a new cluster", edit: addCluster },
  {
    name: "a new pool",
    edit: (files) => {
      const pools = (files[at.cluster] ?? "")
        .split(/^---\n/m)
        .filter(
          (text) => /kind: (AzureASOManaged)?MachinePool\n/.test(text) && text.includes("prod-weu-3-system"),
        );
      return {
        [at.cluster]: [
          files[at.cluster] ?? "",
          ...pools.map((text) =>
            text
              .replaceAll("prod-weu-3-system", "prod-weu-3-extra")
              .replaceAll("azureName: system", "azureName: extra"),
          ),
        ].join("\n---\n"),
      };
    },
  },
  {
    name: "cluster.yaml under another name",
    edit: all(move(at.cluster, "clusters/prod-weu-3/capi.yaml"), hideFromWorkloads("capi.yaml")),
  },
  { name: "a fleet file under another name", edit: move(at.fleet, "clusters/management/fleet/weu-3.yaml") },
  {
    name: "the fleet directory through a kustomization.yaml",
    edit: (files) => ({
      "clusters/management/fleet/kustomization.yaml": [
        "resources:",
        ...Object.keys(files)
          .filter((path) => path.startsWith("clusters/management/fleet/"))
          .map((path) => `  - ${path.slice(26)}`),
        "",
      ].join("\n"),
    }),
  },
  {
    name: "a Flux upgrade of one cluster",
    edit: all(
      copyDirectory("infrastructure/flux/v2.9.4", "infrastructure/flux/v2.9.5"),
      replace(at.fleet, "flux/v2.9.4", "flux/v2.9.5"),
    ),
  },
  { name: "a shorter interval", edit: replace(at.fleet, "interval: 10m", "interval: 5m") },
  {
    name: "a suspended Kustomization",
    edit: replaceIn(at.fleet, /name: cluster\n/, "  prune: true", "  suspend: true\n  prune: true"),
  },
  {
    name: "an image of an app",
    edit: replace("apps/base/api/deployment.yaml", /image: .*/, "image: ghcr.io/acme/api:v9"),
  },
  {
    name: "an app's Service gone",
    edit: all(
      remove("apps/base/web/service.yaml"),
      replace("apps/base/web/kustomization.yaml", /.*service\.yaml\n/, ""),
    ),
  },
  { name: "an Alert gone", edit: drop(at.fleet, /kind: Alert/) },
  { name: "prune switched off", edit: replaceIn(at.fleet, /name: cluster\n/, "prune: true", "prune: false") },
  {
    name: "a new namespace",
    edit: replace(at.namespaces, /^/, "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: extra\n---\n"),
  },
];
