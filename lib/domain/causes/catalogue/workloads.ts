import type { KnownError } from "../known-error.ts";

const imagesLink = "https://kubernetes.io/docs/concepts/containers/images/";
const image =
  /(?:image "?|for "?)(?<image>[\w.-]{1,120}(?::\d{1,5})?\/[\w./:@-]{1,200}|[\w.-]{1,120}:[\w.-]{1,120})/;

/** What keeps workloads from running. */
export const workloads: readonly KnownError[] = [
  {
    id: "image-auth",
    match:
      /(?:pull(?:ing)?(?: and unpack)? image|ErrImagePull|ImagePullBackOff)[^]{0,600}(?:401 Unauthorized|403 Forbidden|pull access denied|insufficient_scope|authorization failed|no basic auth credentials)/,
    captures: [image],
    title: "A registry does not let an image be pulled",
    told: "no right to pull {image}",
    scope: "{image}",
    meaning:
      "The registry does not let the cluster pull[ {image}]: no credential, an expired one, or no such repository.",
    advice: "Check the pull secret and the image’s name.",
    who: "team",
    fix: [
      "Renew the imagePullSecret, or give the cluster's identity the right to pull.",
      "Check the image's name.",
    ],
    link: imagesLink,
    source: "containerd, remotes/docker; kubernetes kubelet events",
    example: {
      reason: "ErrImagePull",
      message:
        'Failed to pull image "acme.azurecr.io/web:v2": failed to authorize: failed to fetch anonymous token: 401 Unauthorized',
    },
    nearMiss: 'Failed to pull image "acme.azurecr.io/web:v2": manifest unknown',
  },
  {
    id: "image",
    match: /ImagePullBackOff|ErrImagePull|manifest unknown|pull access denied|Failed to pull image/,
    captures: [image],
    title: "[Image {image}|An image] cannot be pulled",
    told: "{image} cannot be pulled",
    scope: "{image}",
    meaning: "No node can get the image[ {image}]: most often its tag does not exist.",
    advice: "Check the image’s tag.",
    who: "team",
    fix: ["Check that the tag was pushed; correct it by a change."],
    link: imagesLink,
    source: "kubernetes kubelet, images",
    example: {
      reason: "ErrImagePull",
      message: 'Failed to pull image "acme.azurecr.io/web:v9": manifest unknown',
    },
    nearMiss: "Pulling image acme.azurecr.io/web:v9",
  },
  {
    id: "crash-loop",
    match: /CrashLoopBackOff|back-off [\dhms.]+ restarting failed container/,
    captures: [/failed container[= ]"?(?<container>[\w-]{1,63})/, /pod[= ]"?(?<pod>[\w.-]{1,120})/],
    title: "A container crashes again and again",
    told: "{container}[ of {pod}] crashes",
    meaning: "The container[ {container}][ of {pod}] ends soon after each start.",
    who: "team",
    fix: [
      "Read its last log: kubectl logs POD --previous.",
      "Mend it by a change, or go back to the version before.",
    ],
    link: "https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/",
    source: "kubernetes kubelet events",
    example: { message: "back-off 5m0s restarting failed container=web pod=web-7d9f_apps(1f2e)" },
    nearMiss: "container web was restarted once",
  },
  {
    id: "unschedulable",
    match: /\d+\/\d+ nodes are available: /,
    captures: [/(?<nodes>\d+\/\d+) nodes are available: (?<why>[^\n.]{1,160})/],
    title: "A pod finds no node",
    told: "{why}",
    meaning: "No node takes the pod[: {why}].",
    advice: "Add nodes, or ask for less.",
    who: "team",
    fix: ["Raise the pool's size, lower the requests, or correct selectors and taints by a change."],
    link: "https://kubernetes.io/docs/concepts/scheduling-eviction/",
    source: "kubernetes scheduler, FitError",
    example: {
      reason: "FailedScheduling",
      message: "0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available",
    },
    nearMiss: "3 of 3 nodes are ready",
  },
  {
    id: "load-balancer",
    match: /Error syncing load balancer|failed to ensure load balancer|SyncLoadBalancerFailed/,
    captures: [/load balancer[^:\n]{0,40}: (?<why>[^\n]{1,140})/],
    title: "A Service gets no load balancer",
    told: "{why}",
    meaning: "The cloud does not make the load balancer a Service asks for[: {why}].",
    who: "platform engineer",
    fix: ["Check limits and rights of the subscription, and the Service's annotations."],
    link: "https://learn.microsoft.com/en-us/azure/aks/load-balancer-standard",
    source: "kubernetes/cloud-provider, controllers/service",
    example: {
      reason: "SyncLoadBalancerFailed",
      message: "Error syncing load balancer: failed to ensure load balancer: the subnet has no free address",
    },
    nearMiss: "Ensured load balancer",
  },
  {
    id: "health-missing",
    match: /[A-Z]\w{1,80}\/[\w.-]{1,120}\/[\w.-]{1,253} status: 'NotFound'/,
    captures: [
      /(?<kind>[A-Z]\w{1,80})\/(?<namespace>[\w.-]{1,120})\/(?<name>[\w.-]{1,253}) status: 'NotFound'/,
    ],
    title: "{kind} {namespace}/{name} does not exist",
    scope: "{kind} {namespace}/{name}",
    meaning: "A health check waits for {kind} {namespace}/{name}, and there is no such object.",
    who: "team",
    fix: ["Correct healthChecks by a change, or see why the object was deleted."],
    link: "https://fluxcd.io/flux/components/kustomize/kustomizations/",
    source: "recordings of Flux, 2-healthtimeout",
    example: {
      reason: "HealthCheckFailed",
      message:
        "health check failed after 2m0.02s: timeout waiting for: [Deployment/apps/web status: 'NotFound']",
    },
    nearMiss: "Deployment apps/web was not found in the search",
  },
  {
    id: "health-timeout",
    match: /[A-Z]\w{1,80}\/[\w.-]{1,120}\/[\w.-]{1,253} status: '\w{1,30}'/,
    captures: [
      /(?<kind>[A-Z]\w{1,80})\/(?<namespace>[\w.-]{1,120})\/(?<name>[\w.-]{1,253}) status: '(?<status>\w{1,30})'/,
    ],
    title: "{kind} {namespace}/{name} is not ready",
    scope: "{kind} {namespace}/{name}",
    meaning:
      "Everything was applied, and {kind} {namespace}/{name} did not become ready in time (it is {status}).",
    who: "team",
    fix: ["Look at its pods: events and logs.", "If it is only slow, raise spec.timeout by a change."],
    link: "https://fluxcd.io/flux/components/kustomize/kustomizations/",
    source: "recordings of Flux, 2-healthtimeout",
    example: {
      reason: "HealthCheckFailed",
      message:
        "health check failed after 2m0.02s: timeout waiting for: [Deployment/apps/web status: 'InProgress']",
    },
    nearMiss: "Health check passed in 3.2s",
  },
];
