import { columns, conditionPath, crd } from "./crd.ts";
import type { CrdVersion } from "./crd.ts";
import {
  anything,
  duration,
  flag,
  fluxConditions,
  int64,
  integer,
  list,
  localReference,
  object,
  oneOf,
  text,
  textMap,
  texts,
  time,
} from "./schema.ts";
import type { Schema } from "./schema.ts";

const age = "Age=.metadata.creationTimestamp:date";
const readyColumns = [age, `Ready=${conditionPath("Ready")}`, `Status=${conditionPath("Ready", "message")}`];

interface FluxKind {
  kind: string;
  plural: string;
  short?: string[];
  category?: string;
  version?: string;
  spec: Schema;
  status?: Record<string, Schema> | false;
  before?: string[];
}

/** Every Flux kind with a status has conditions and starts with observedGeneration −1. */
function flux(group: string, source: FluxKind): object {
  const { status } = source;
  const version: CrdVersion = {
    name: source.version ?? "v1",
    spec: source.spec,
    status:
      status === false
        ? false
        : object(
            {
              conditions: fluxConditions,
              observedGeneration: int64,
              lastHandledReconcileAt: text,
              ...status,
            },
            [],
            {
              default: { observedGeneration: -1 },
            },
          ),
    columns: columns(...(source.before ?? []), ...(status === false ? [age] : readyColumns)),
  };
  return crd({
    group: `${group}.toolkit.fluxcd.io`,
    kind: source.kind,
    plural: source.plural,
    ...(source.short ? { shortNames: source.short } : {}),
    categories: ["all", "fluxcd", ...(source.category ? [`fluxcd-${source.category}`] : [])],
    versions: [version],
  });
}

const artifact = object(
  {
    digest: text,
    lastUpdateTime: time,
    metadata: textMap,
    path: text,
    revision: text,
    size: int64,
    url: text,
  },
  ["digest", "lastUpdateTime", "path", "revision", "url"],
);
const sourceStatus = { artifact, observedIgnore: text };
const sourceRef = (...kinds: string[]) =>
  object({ apiVersion: text, kind: oneOf(...kinds), name: text, namespace: text }, ["kind", "name"]);
const timeout = { ...duration, default: "60s" };

const kustomization = flux("kustomize", {
  kind: "Kustomization",
  plural: "kustomizations",
  short: ["ks"],
  category: "appliers",
  spec: object(
    {
      interval: duration,
      retryInterval: duration,
      timeout: duration,
      path: text,
      prune: flag,
      wait: flag,
      force: { ...flag, default: false },
      suspend: flag,
      deletionPolicy: oneOf("MirrorPrune", "Delete", "WaitForTermination", "Orphan"),
      sourceRef: sourceRef("OCIRepository", "GitRepository", "Bucket", "ExternalArtifact"),
      dependsOn: list(object({ name: text, namespace: text, readyExpr: text }, ["name"])),
      healthChecks: list(
        object({ apiVersion: text, kind: text, name: text, namespace: text }, ["kind", "name"]),
      ),
      healthCheckExprs: list(
        object({ apiVersion: text, kind: text, current: text, failed: text, inProgress: text }, [
          "apiVersion",
          "current",
        ]),
      ),
      kubeConfig: object({
        secretRef: object({ name: text, key: text }, ["name"]),
        configMapRef: localReference,
      }),
      postBuild: object({
        substitute: textMap,
        substituteFrom: list(
          object(
            {
              kind: oneOf("Secret", "ConfigMap"),
              name: { ...text, minLength: 1, maxLength: 253 },
              optional: flag,
            },
            ["kind", "name"],
          ),
        ),
        substituteStrategy: oneOf("WithVariables", "Always"),
      }),
      decryption: object({ provider: oneOf("sops"), secretRef: localReference, serviceAccountName: text }, [
        "provider",
      ]),
      targetNamespace: { ...text, minLength: 1, maxLength: 63 },
      serviceAccountName: text,
      patches: list(object({ patch: text, target: anything }, ["patch"])),
      images: list(object({ name: text, newName: text, newTag: text, digest: text }, ["name"])),
      components: texts,
      commonMetadata: object({ labels: textMap, annotations: textMap }),
    },
    ["interval", "prune", "sourceRef"],
  ),
  status: {
    history: list(anything),
    inventory: object({ entries: list(object({ id: text, v: text }, ["id", "v"])) }, ["entries"]),
    lastAppliedOriginRevision: text,
    lastAppliedRevision: text,
    lastAttemptedRevision: text,
  },
});

const sources = [
  flux("source", {
    kind: "GitRepository",
    plural: "gitrepositories",
    short: ["gitrepo"],
    category: "sources",
    before: ["URL=.spec.url"],
    spec: object(
      {
        interval: duration,
        timeout,
        url: { ...text, pattern: "^(http|https|ssh)://.*$" },
        ref: object({ branch: text, tag: text, semver: text, name: text, commit: text }),
        secretRef: localReference,
        ignore: text,
        suspend: flag,
        provider: oneOf("generic", "azure", "github"),
        recurseSubmodules: flag,
        sparseCheckout: texts,
        verify: anything,
      },
      ["interval", "url"],
    ),
    status: {
      ...sourceStatus,
      includedArtifacts: list(anything),
      observedRecurseSubmodules: flag,
      sourceVerificationMode: text,
    },
  }),
  flux("source", {
    kind: "OCIRepository",
    plural: "ocirepositories",
    short: ["ocirepo"],
    category: "sources",
    before: ["URL=.spec.url"],
    spec: object(
      {
        interval: duration,
        timeout,
        url: { ...text, pattern: "^oci://.*$" },
        ref: object({ tag: text, digest: text, semver: text }),
        secretRef: localReference,
        provider: { ...text, default: "generic" },
        suspend: flag,
        ignore: text,
      },
      ["interval", "url"],
    ),
    status: { ...sourceStatus, url: text },
  }),
  flux("source", {
    kind: "HelmRepository",
    plural: "helmrepositories",
    short: ["helmrepo"],
    category: "sources",
    before: ["URL=.spec.url"],
    spec: object(
      {
        interval: duration,
        timeout: duration,
        url: { ...text, pattern: "^(http|https|oci)://.*$" },
        type: oneOf("default", "oci"),
        secretRef: localReference,
        suspend: flag,
        provider: { ...text, default: "generic" },
      },
      ["url"],
    ),
    status: { artifact, url: text },
  }),
  flux("source", {
    kind: "HelmChart",
    plural: "helmcharts",
    short: ["hc"],
    category: "sources",
    before: [
      "Chart=.spec.chart",
      "Version=.spec.version",
      "Source Kind=.spec.sourceRef.kind",
      "Source Name=.spec.sourceRef.name",
    ],
    spec: object(
      {
        interval: duration,
        chart: text,
        version: { ...text, default: "*" },
        sourceRef: sourceRef("HelmRepository", "GitRepository", "Bucket"),
        reconcileStrategy: { ...oneOf("ChartVersion", "Revision"), default: "ChartVersion" },
        suspend: flag,
        valuesFiles: texts,
      },
      ["chart", "interval", "sourceRef"],
    ),
    status: { artifact, observedChartName: text, observedSourceArtifactRevision: text, url: text },
  }),
  flux("source", {
    kind: "Bucket",
    plural: "buckets",
    category: "sources",
    before: ["Endpoint=.spec.endpoint"],
    spec: object(
      {
        interval: duration,
        timeout,
        bucketName: text,
        endpoint: text,
        provider: { ...text, default: "generic" },
        secretRef: localReference,
        suspend: flag,
      },
      ["bucketName", "endpoint", "interval"],
    ),
    status: { ...sourceStatus, url: text },
  }),
  flux("source", {
    kind: "ExternalArtifact",
    plural: "externalartifacts",
    category: "sources",
    before: ["Source=.spec.sourceRef.name"],
    spec: object({
      sourceRef: object({ apiVersion: text, kind: text, name: text, namespace: text }, ["kind", "name"]),
    }),
    status: { artifact },
  }),
];

const helmRelease = flux("helm", {
  kind: "HelmRelease",
  plural: "helmreleases",
  short: ["hr"],
  category: "appliers",
  version: "v2",
  spec: object(
    {
      interval: duration,
      timeout: duration,
      chart: anything,
      chartRef: object(
        {
          apiVersion: text,
          kind: oneOf("OCIRepository", "HelmChart", "ExternalArtifact"),
          name: text,
          namespace: text,
        },
        ["kind", "name"],
      ),
      dependsOn: list(object({ name: text, namespace: text }, ["name"])),
      releaseName: { ...text, minLength: 1, maxLength: 53 },
      targetNamespace: text,
      suspend: flag,
      values: anything,
      valuesFrom: list(anything),
      kubeConfig: anything,
      install: anything,
      upgrade: anything,
    },
    ["interval"],
  ),
  status: {
    history: list(anything),
    lastAttemptedRevision: text,
    lastAttemptedRevisionDigest: text,
    lastAttemptedReleaseAction: text,
    failures: int64,
    installFailures: int64,
    upgradeFailures: int64,
    inventory: anything,
    helmChart: text,
    storageNamespace: text,
  },
});

const images = [
  flux("image", {
    kind: "ImageRepository",
    plural: "imagerepositories",
    short: ["imgrepo"],
    category: "images",
    before: ["Image=.spec.image", "Tags=.status.lastScanResult.tagCount:integer"],
    spec: object(
      {
        image: text,
        interval: duration,
        timeout: duration,
        secretRef: localReference,
        provider: { ...text, default: "generic" },
        suspend: flag,
        exclusionList: texts,
      },
      ["image", "interval"],
    ),
    status: {
      canonicalImageName: text,
      observedExclusionList: texts,
      lastScanResult: object({ revision: text, tagCount: integer, scanTime: time, latestTags: texts }),
    },
  }),
  flux("image", {
    kind: "ImagePolicy",
    plural: "imagepolicies",
    short: ["imgpol"],
    category: "images",
    before: ["Image=.status.latestRef.name", "Tag=.status.latestRef.tag"],
    spec: object(
      {
        imageRepositoryRef: object({ name: text, namespace: text }, ["name"]),
        policy: anything,
        filterTags: anything,
        interval: duration,
        suspend: flag,
        digestReflectionPolicy: { ...oneOf("Always", "IfNotPresent", "Never"), default: "Never" },
      },
      ["imageRepositoryRef", "policy"],
    ),
    status: {
      latestRef: object({ name: text, tag: text, digest: text }),
      observedPreviousRef: object({ name: text, tag: text, digest: text }),
    },
  }),
  flux("image", {
    kind: "ImageUpdateAutomation",
    plural: "imageupdateautomations",
    short: ["iua", "imgupd", "imgauto"],
    category: "images",
    before: ["Last run=.status.lastAutomationRunTime:date"],
    spec: object(
      {
        interval: duration,
        sourceRef: sourceRef("GitRepository"),
        git: anything,
        update: anything,
        policySelector: anything,
        suspend: flag,
      },
      ["interval", "sourceRef"],
    ),
    status: {
      lastAutomationRunTime: time,
      lastPushCommit: text,
      lastPushTime: time,
      observedPolicies: anything,
      observedSourceRevision: text,
    },
  }),
];

const notifications = [
  flux("notification", {
    kind: "Receiver",
    plural: "receivers",
    spec: object(
      {
        type: text,
        interval: { ...duration, default: "10m" },
        events: texts,
        secretRef: localReference,
        resources: list(
          object({ apiVersion: text, kind: text, name: text, namespace: text }, ["kind", "name"]),
        ),
        suspend: flag,
      },
      ["resources", "type"],
    ),
    status: { webhookPath: text },
  }),
  flux("notification", {
    kind: "Alert",
    plural: "alerts",
    version: "v1beta3",
    status: false,
    spec: object(
      {
        providerRef: localReference,
        eventSeverity: { ...oneOf("info", "error"), default: "info" },
        eventSources: list(
          object({ kind: text, name: text, namespace: text, matchLabels: textMap }, ["kind", "name"]),
        ),
        eventMetadata: textMap,
        inclusionList: texts,
        exclusionList: texts,
        summary: text,
        suspend: flag,
      },
      ["eventSources", "providerRef"],
    ),
  }),
  flux("notification", {
    kind: "Provider",
    plural: "providers",
    version: "v1beta3",
    status: false,
    spec: object(
      {
        type: text,
        address: text,
        channel: text,
        username: text,
        secretRef: localReference,
        certSecretRef: localReference,
        timeout: duration,
        interval: duration,
        suspend: flag,
        commitStatusExpr: text,
      },
      ["type"],
    ),
  }),
];

/** Flux 2.9. */
export const fluxCrds: object[] = [kustomization, ...sources, helmRelease, ...images, ...notifications];
