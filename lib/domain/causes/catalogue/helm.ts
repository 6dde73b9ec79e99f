import type { KnownError } from "../known-error.ts";

const docs = "https://fluxcd.io/flux/components/helm/helmreleases/";
const action = /[Hh]elm (?<action>install|upgrade|rollback|uninstall|test) failed/;
const release = /failed for release (?<release>[\w./-]{1,160})/;

/** HelmReleases and charts, the particular before the general. */
export const helm: readonly KnownError[] = [
  {
    id: "helm-locked",
    match: /another operation \(install\/upgrade\/rollback\) is in progress/,
    captures: [release],
    title: "A Helm release is locked",
    meaning:
      "Helm believes that an install or upgrade[ of {release}] is still under way: most often its controller was stopped in the middle.",
    advice: "Flux 2.2 and newer unlock it; else roll it back by hand.",
    who: "platform engineer",
    fix: [
      "Wait for some minutes.",
      "Then: helm rollback RELEASE, or delete the Secret of the pending revision.",
      "Reconcile the HelmRelease.",
    ],
    link: docs,
    source: "fluxcd/helm-controller#149, fluxcd/helm-controller#857",
    example: {
      reason: "UpgradeFailed",
      message: "Helm upgrade failed: another operation (install/upgrade/rollback) is in progress",
    },
    nearMiss: "Another operation is in progress on the managed cluster",
  },
  {
    id: "helm-retries",
    match: /(?:install|upgrade) retries exhausted|RetriesExceeded|exceeded maximum retries/,
    captures: [/(?<action>install|upgrade) retries exhausted/],
    title: "Helm has given up",
    meaning: "The release failed as often as its remediation allows, and is not tried again by itself.",
    advice: "Mend the cause, then reset it.",
    who: "team",
    fix: [
      "Look at the release's events for the first failure.",
      "Mend it by a change, or: flux reconcile helmrelease NAME --reset.",
    ],
    link: docs,
    source: "fluxcd/helm-controller#454; texts of helm-controller 1.x",
    example: {
      reason: "RetriesExceeded",
      message: "terminal error: exceeded maximum retries: cannot remediate failed release",
    },
    nearMiss: "will retry the upgrade in 5m0s",
  },
  {
    id: "helm-rolled-back",
    match: /Helm rollback to previous release|RollbackSucceeded/,
    captures: [/previous release (?<release>[\w./-]{1,160})/],
    title: "Helm went back to the release before",
    told: "{release} runs again",
    meaning: "The upgrade failed, and Helm put the release before back[: {release}].",
    who: "team",
    fix: ["See in the events why the upgrade failed, and mend it by a change."],
    link: docs,
    source: "fluxcd/helm-controller, internal/reconcile/rollback_remediation.go",
    example: {
      reason: "RollbackSucceeded",
      message: "Helm rollback to previous release apps/web.v3 with chart web@1.2.3 succeeded",
    },
    nearMiss: "Helm upgrade succeeded for release apps/web.v4",
  },
  {
    id: "helm-timeout",
    match:
      /[Hh]elm (?:install|upgrade|rollback|uninstall) failed[^]{0,600}(?:timed out waiting|context deadline exceeded|InProgress)/,
    captures: [action, release],
    title: "A Helm release does not become ready in time",
    told: "{release} was not ready in time",
    meaning: "What the chart made did not become ready within the release's timeout.",
    advice: "See which of its pods is not ready.",
    who: "team",
    fix: [
      "Look at the workloads of the release: events and logs.",
      "If it is only slow, raise spec.timeout by a change.",
    ],
    link: docs,
    source: "fluxcd/helm-controller#806, helm/helm kube wait",
    example: {
      reason: "UpgradeFailed",
      message:
        "Helm upgrade failed for release apps/web with chart web@1.2.3: timed out waiting for the condition",
    },
    nearMiss: "timed out waiting for the condition on nodes/a",
  },
  {
    id: "helm-values",
    match: /values don't meet the specifications of the schema|execution error at \(|error calling include:/,
    captures: [/execution error at \((?<file>[\w./-]{1,160}):\d+/, /error calling \w+: (?<why>[^\n]{1,120})/],
    title: "The chart does not accept the values",
    told: "[{file}: ]{why}",
    meaning: "The chart's templates or schema refuse the values the release sets[: {why}].",
    who: "team",
    fix: ["Correct spec.values by a change; see the chart's values.schema.json."],
    link: docs,
    source: "helm/helm, pkg/chartutil and pkg/engine",
    example: {
      reason: "InstallFailed",
      message:
        "Helm install failed for release apps/web with chart web@1.2.3: values don't meet the specifications of the schema(s) in the following chart(s): web: replicas: Invalid type",
    },
    nearMiss: "the values file was read",
  },
  {
    id: "helm-chart-missing",
    match: /no '[^']{1,120}' chart with version matching|chart "[^"]{1,120}" version "[^"]{0,80}" not found/,
    captures: [/no '(?<chart>[^']{1,120})' chart with version matching '(?<version>[^']{1,80})'/],
    title: "The chart has no such version",
    told: "no {chart} {version} in its repository",
    scope: "{chart}/{version}",
    meaning: "The repository has no chart[ {chart}] in a version that matches[ {version}].",
    who: "team",
    fix: [
      "Name a version that exists by a change.",
      "If it was just published, reconcile the HelmRepository.",
    ],
    link: "https://fluxcd.io/flux/components/source/helmcharts/",
    source: "fluxcd/source-controller, internal/helm/repository",
    example: {
      reason: "InvalidChartReference",
      message:
        "invalid chart reference: failed to get chart version for remote reference: no 'podinfo' chart with version matching '9.9.9' found",
    },
    nearMiss: "pulled 'podinfo' chart with version '6.7.1'",
  },
  {
    id: "helm-repository",
    match: /failed to (?:fetch|load) (?:Helm )?(?:repository )?index|failed to cache index/i,
    captures: [/(?:fetch|GET|Get) "?(?<url>https?:\/\/[^\s"']{1,200})/],
    title: "A chart repository cannot be read",
    told: "{url} does not answer with an index",
    scope: "{url}",
    meaning: "Flux cannot read the index of the chart repository[ {url}].",
    who: "registry administrator",
    fix: ["Check the address of the HelmRepository and whether the cluster may reach it."],
    link: "https://fluxcd.io/flux/components/source/helmrepositories/",
    source: "fluxcd/source-controller, helmrepository_controller.go",
    example: {
      reason: "IndexationFailed",
      message:
        "failed to fetch Helm repository index: failed to cache index to temporary file: failed to fetch https://charts.acme.example/index.yaml : 404 Not Found",
    },
    nearMiss: "stored artifact: revision 'sha256:ed9457de'",
  },
  {
    id: "helm-failed",
    match: /[Hh]elm (?:install|upgrade|rollback|uninstall|test) failed/,
    captures: [action, release, /: (?<why>[^:\n]{3,140})$/],
    title: "Helm {action} failed[: {why}]",
    told: "{why}",
    meaning: "Helm could not finish the {action}[ of {release}][: {why}].",
    who: "team",
    fix: ["See the release's events for the whole text; mend it by a change."],
    link: docs,
    source: "fluxcd/helm-controller, internal/reconcile",
    example: {
      reason: "UpgradeFailed",
      message:
        'Helm upgrade failed for release apps/web with chart web@1.2.3: cannot patch "web" with kind Ingress: host is taken',
    },
    nearMiss: "Helm upgrade succeeded",
  },
];
