import type { KnownError } from "../known-error.ts";

const object =
  /(?<object>[A-Z]\w{1,80}\/[\w.-]{1,120}(?:\/[\w.:-]{1,120})?) (?:dry-run failed|not found|apply failed)/;
const fieldsLink = "https://kubernetes.io/docs/reference/using-api/api-concepts/";
const ownersLink = "https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts";
const rbacLink = "https://kubernetes.io/docs/reference/access-authn-authz/rbac/";

/** What an API server refuses of what Flux applies, the particular before the general. */
export const apply: readonly KnownError[] = [
  {
    id: "schema",
    match: /field not declared in schema|unknown field "|strict decoding error/,
    captures: [
      object,
      /(?<field>[\w.[\]]{1,120}): field not declared in schema/,
      /unknown field "(?<field>[^"]{1,120})"/,
    ],
    title: "A manifest has a field the API does not know",
    told: "{field}[ of {object}] is unknown",
    meaning: "The API has no field[ {field}][ in {object}]: a typing error, or a newer version's field.",
    who: "team",
    fix: ["Correct or remove the field[ {field}] by a change, or install the version that knows it."],
    link: fieldsLink,
    source: "gitops-reference, recorded text; kubernetes structured-merge-diff",
    example: {
      reason: "ReconciliationFailed",
      message:
        "Deployment/apps/web dry-run failed: failed to create typed patch object (apps/web; apps/v1, Kind=Deployment): .spec.replica: field not declared in schema",
    },
    nearMiss: "the field manager of this schema changed",
  },
  {
    id: "kind-missing",
    match: /no matches for kind "|the server could not find the requested resource/,
    captures: [/no matches for kind "(?<kind>\w{1,80})" in (?:version|group) "(?<version>[\w./-]{1,120})"/],
    title: "The cluster does not know the kind[ {kind}]",
    told: "no {version} {kind} there",
    scope: "{version}/{kind}",
    meaning:
      "The definition (CRD) of[ {kind} in {version}] what is applied is not installed, or in another version.",
    advice: "Install its definition first.",
    who: "platform engineer",
    fix: [
      "Install what brings the CRD, and let this Kustomization depend on it (dependsOn).",
      "Or use the version the cluster serves.",
    ],
    link: "https://fluxcd.io/flux/components/kustomize/kustomizations/",
    source: "fluxcd/flux2#2436, fluxcd/flux2#3874",
    example: {
      reason: "ReconciliationFailed",
      message:
        'Certificate/apps/web dry-run failed: no matches for kind "Certificate" in version "cert-manager.io/v1"',
    },
    nearMiss: "no matches for Id Deployment.v1.apps/web.[noNs]",
  },
  {
    id: "pod-security",
    match: /violates PodSecurity "/,
    captures: [/violates PodSecurity "(?<level>[\w:.-]{1,60})": (?<why>[^\n(]{1,120})/],
    title: "Pod security forbids it",
    told: "{level} forbids: {why}",
    meaning: "The namespace allows only pods that meet[ {level}], and this one does not[: {why}].",
    who: "team",
    fix: ["Set the pod's securityContext as the standard asks by a change."],
    link: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    source: "kubernetes/pod-security-admission",
    example: {
      message:
        'pods "web-1" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "web" must set it)',
    },
    nearMiss: 'would violate PodSecurityPolicy "restricted"',
  },
  {
    id: "webhook-denied",
    match: /admission webhook "[^"]{1,200}" denied the request/,
    captures: [
      object,
      /admission webhook "(?<webhook>[\w./-]{1,200})" denied the request:? ?(?<why>[^\n]{0,160})/,
    ],
    title: "An admission webhook refuses it",
    told: "{webhook} says: {why}",
    meaning: "The webhook[ {webhook}] does not let[ {object}] this be applied[: {why}].",
    who: "team",
    fix: ["Do what it asks for by a change.", "If the rule is wrong, talk to who runs the webhook."],
    link: "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/",
    source: "recordings of Cluster API, webhook-errors",
    example: {
      reason: "ReconciliationFailed",
      message:
        'Ingress/apps/web dry-run failed (BadRequest): admission webhook "validate.nginx.ingress.kubernetes.io" denied the request: host "a.example" is already defined',
    },
    nearMiss: 'failed calling webhook "validate.nginx.ingress.kubernetes.io": connection refused',
  },
  {
    id: "webhook-down",
    match: /failed calling webhook "/,
    captures: [/failed calling webhook "(?<webhook>[\w./-]{1,200})"/],
    title: "An admission webhook does not answer",
    told: "{webhook} does not answer",
    scope: "{webhook}",
    meaning: "The API server asks the webhook[ {webhook}] before it accepts changes, and gets no answer.",
    advice: "Mend the webhook’s Deployment first.",
    who: "platform engineer",
    fix: [
      "Look at the Deployment behind the webhook[ {webhook}] and at its certificate.",
      "It is tried again by itself.",
    ],
    link: "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/",
    source: "kubernetes/apiserver, admission/plugin/webhook",
    example: {
      message:
        'Internal error occurred: failed calling webhook "validate.kyverno.svc": failed to call webhook: Post "https://kyverno.svc:443": dial tcp 10.0.0.9:443: connect: connection refused',
    },
    nearMiss: 'admission webhook "validate.kyverno.svc" denied the request: no',
  },
  {
    id: "admission-policy",
    match: /ValidatingAdmissionPolicy '[^']{1,200}'/,
    captures: [
      /ValidatingAdmissionPolicy '(?<policy>[\w./-]{1,200})'/,
      /denied request: (?<why>[^\n]{1,160})/,
    ],
    title: "An admission policy refuses it",
    told: "{policy} says: {why}",
    meaning: "The cluster's policy[ {policy}] does not allow it[: {why}].",
    who: "team",
    fix: ["Do what the policy asks for by a change."],
    link: "https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/",
    source: "recordings of the Kubernetes API server, admission",
    example: {
      message: `clusters.cluster.x-k8s.io "prod-1" is forbidden: ValidatingAdmissionPolicy 'guard' with binding 'guard' denied request: Clusters are deleted by a change`,
    },
    nearMiss: "the policy guard has no binding",
  },
  {
    id: "quota-exceeded",
    match: /exceeded quota: /,
    captures: [
      /exceeded quota: (?<quota>[\w.-]{1,120}), requested: (?<wanted>[^\n]{1,80}?), used: (?<used>[^\n]{1,80}?), limited: (?<limit>[^\n]{1,80})/,
    ],
    title: "The namespace’s quota is used up",
    told: "{quota}: {wanted} asked, {used} of {limit} used",
    meaning:
      "The namespace may not use more[: {quota} allows {limit}, {used} is in use and {wanted} is asked for].",
    advice: "Ask for less, or for a larger quota.",
    who: "platform engineer",
    fix: ["Lower the requests, or raise the ResourceQuota[ {quota}] by a change."],
    link: "https://kubernetes.io/docs/concepts/policy/resource-quotas/",
    source: "kubernetes/apiserver, admission/plugin/resourcequota",
    example: {
      message:
        'pods "web-1" is forbidden: exceeded quota: compute, requested: cpu=1, used: cpu=4, limited: cpu=4',
    },
    nearMiss: "exceeding approved standardDSv5Family Cores quota",
  },
  {
    id: "service-account-missing",
    match: /error looking up service account /,
    captures: [/looking up service account (?<account>[\w./-]{1,200})/],
    title: "A service account does not exist",
    told: "no service account {account}",
    meaning: "A pod is to run as[ {account}] a service account that is not there.",
    who: "team",
    fix: ["Add the ServiceAccount[ {account}] by a change, or apply it first."],
    link: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
    source: "fluxcd/flux2#2772",
    example: {
      message:
        'pods "calicoctl" is forbidden: error looking up service account kube-system/calicoctl: serviceaccount "calicoctl" not found',
    },
    nearMiss: 'User "system:serviceaccount:a:b" cannot patch resource',
  },
  {
    id: "forbidden",
    match: /is forbidden: User "[^"]{1,200}" cannot \w+ resource/,
    captures: [/User "(?<user>[^"]{1,200})" cannot (?<verb>\w{1,30}) resource "(?<resource>[\w./-]{1,120})"/],
    title: "Flux’s account lacks a right in the cluster",
    told: "{user} may not {verb} {resource}",
    scope: "{user}/{verb}/{resource}",
    meaning:
      "The account Flux applies as[, {user},] may not[ {verb} {resource}] do this. An account that does not exist has no rights either.",
    advice: "Give it the right, or name another account.",
    who: "platform engineer",
    fix: [
      "Bind a Role that allows[ {verb} on {resource}].",
      "Or correct spec.serviceAccountName of the Kustomization or HelmRelease.",
    ],
    link: rbacLink,
    source: "fluxcd/flux2-multi-tenancy#69",
    example: {
      reason: "ReconciliationFailed",
      message:
        'Namespace/apps dry-run failed (Forbidden): namespaces "apps" is forbidden: User "system:serviceaccount:flux-system:default" cannot patch resource "namespaces" in API group "" in the namespace "apps"',
    },
    nearMiss:
      'pods "web" is forbidden: exceeded quota: compute, requested: cpu=1, used: cpu=4, limited: cpu=4',
  },
  {
    id: "namespace-missing",
    match: /namespaces? "[\w-]{1,63}" not found/,
    captures: [/namespaces? "(?<namespace>[\w-]{1,63})" not found/],
    title: "Namespace[ {namespace}] does not exist",
    told: "no namespace {namespace}",
    meaning: "Something is to be put into a namespace[, {namespace},] that nobody made.",
    who: "team",
    fix: ["Add the Namespace by a change, or let this depend on what makes it (dependsOn)."],
    link: "https://fluxcd.io/flux/components/kustomize/kustomizations/",
    source: "kubernetes/apiserver, namespace lifecycle admission",
    example: {
      reason: "ReconciliationFailed",
      message: 'ConfigMap/apps/web dry-run failed (NotFound): namespaces "apps" not found',
    },
    nearMiss: 'secrets "apps" not found',
  },
  {
    id: "immutable",
    match:
      /field is immutable|updates to statefulset spec for fields other than|is immutable after creation|may not change once set/,
    captures: [object, /(?<field>[\w.[\]]{1,120}): Invalid value/],
    title: "A field cannot be changed",
    told: "{field}[ of {object}] cannot be changed",
    meaning:
      "The change touches a field[, {field},][ of {object}] that can only be set when the object is made.",
    who: "team",
    fix: [
      "Take the change back, or give the object a new name.",
      "Only if its loss is harmless: let it be deleted and made again (force).",
    ],
    link: "https://fluxcd.io/flux/components/kustomize/kustomizations/",
    source: "kubernetes/apimachinery, api/validation",
    example: {
      reason: "ReconciliationFailed",
      message:
        'Deployment/apps/web dry-run failed (Invalid): Deployment.apps "web" is invalid: spec.selector: Invalid value: v1.LabelSelector{}: field is immutable',
    },
    nearMiss: "Immutable: true is set on ConfigMap web",
  },
  {
    id: "field-conflict",
    match: /Apply failed with \d+ conflicts?/,
    captures: [/conflicts? with "(?<manager>[^"]{1,120})"/],
    title: "Somebody else holds a field",
    told: "{manager} holds what is to be set",
    meaning: "Two set the same field, and the other one[, {manager},] holds it.",
    who: "team",
    fix: ["Remove the field from one of the two[: here, or at {manager}]."],
    link: ownersLink,
    source: "grafana/tanka#852, kubernetes server-side apply",
    example: {
      message: 'Apply failed with 1 conflict: conflict with "helm-controller" using apps/v1: .spec.replicas',
    },
    nearMiss: "Operation cannot be fulfilled: the object has been modified",
  },
  {
    id: "invalid",
    match: /dry-run failed \(Invalid\)|" is invalid: /,
    captures: [object, /is invalid: (?<why>[^\n]{1,160})/],
    title: "The API refuses a manifest as invalid",
    told: "{why}",
    meaning: "The cluster does not accept[ {object}][: {why}].",
    who: "team",
    fix: ["Correct the value by a change."],
    link: fieldsLink,
    source: "fluxcd/flux2#2743",
    example: {
      reason: "ReconciliationFailed",
      message:
        'Service/apps/web dry-run failed (Invalid): Service "web" is invalid: spec.ports[0].port: Invalid value: 99999: must be between 1 and 65535',
    },
    nearMiss: "the certificate is invalid",
  },
  {
    id: "dependency-missing",
    match: /unable to get '[^']{1,200}' dependency|'[^']{1,200}' dependency does not exist/,
    captures: [/'(?<dependency>[\w./-]{1,200})' dependency/],
    title: "What it depends on does not exist",
    told: "no {dependency}",
    scope: "{dependency}",
    meaning: "dependsOn names[ {dependency}], which is not there.",
    who: "team",
    fix: ["Correct dependsOn by a change, or add[ {dependency}] what it names."],
    link: "https://fluxcd.io/flux/components/kustomize/kustomizations/",
    source: "fluxcd/kustomize-controller and helm-controller, checkDependencies",
    example: {
      reason: "DependencyNotReady",
      message: `unable to get 'flux-system/infra' dependency: kustomizations "infra" not found`,
    },
    nearMiss: "dependency 'flux-system/infra' is not ready",
  },
];
