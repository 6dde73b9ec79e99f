import type { KnownError } from "../known-error.ts";

/** What Azure does not let the fleet's identity do, or not now. */
export const azureRights: readonly KnownError[] = [
  {
    id: "azure-auth",
    match: /\b(?:Linked)?AuthorizationFailed\b|does not have (?:authorization|permission) to perform action/,
    captures: [
      /does not have (?:authorization|permission) to perform action '(?<action>[\w./*-]{1,160})'/,
      /over scope '(?<place>[^']{1,300})'/,
      /linked scope\(s\) '(?<place>[^']{1,300})'/,
    ],
    title: "Azure refuses the fleet’s identity",
    told: "it may not {action}",
    scope: "{action}",
    meaning: "The identity that makes clusters lacks a role in Azure[: it may not {action}][ on {place}].",
    advice: "A role assignment is missing.",
    who: "Azure subscription owner",
    fix: [
      "Assign a role that allows[ {action}] to the identity[, on {place}].",
      "Wait some minutes: Azure takes new assignments up slowly.",
    ],
    link: "https://learn.microsoft.com/en-us/azure/role-based-access-control/role-assignments-steps",
    source: "Azure/AKS#4215, Azure/aad-pod-identity#613",
    example: {
      reason: "AuthorizationFailed",
      message:
        "The client '66f5b7c0' with object id '66f5b7c0' does not have authorization to perform action 'Microsoft.ContainerService/managedClusters/write' over scope '/subscriptions/16cd/resourceGroups/prod' or the scope is invalid.",
    },
    nearMiss:
      'namespaces "apps" is forbidden: User "system:serviceaccount:a:b" cannot patch resource "namespaces"',
  },
  {
    id: "azure-login",
    match: /AADSTS\d{4,8}|failed to acquire (?:a )?token/i,
    captures: [/(?<code>AADSTS\d{4,8})/, /(?<expired>expired)/],
    title: "Azure does not accept the fleet’s login",
    told: "Entra ID answers {code}",
    scope: "{code}",
    meaning: "Entra ID gave the fleet's identity no token[ ({code})][: its secret is {expired}].",
    advice: "Renew its credential.",
    who: "Azure directory administrator",
    fix: [
      "Look the code up[: {code}].",
      "Renew the secret or certificate, or mend the federated credential: issuer, subject and audience must agree.",
    ],
    link: "https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes",
    source: "Microsoft documentation, Entra authentication error codes",
    example: {
      reason: "FailedToAuthenticate",
      message:
        "AADSTS7000222: The provided client secret keys for app '0d1c' are expired. Visit the Azure portal to create new keys for your app.",
    },
    nearMiss: "authentication required: Repository not found.",
  },
  {
    id: "azure-policy",
    match: /RequestDisallowedByPolicy|was disallowed by policy/,
    captures: [
      /Resource '(?<resource>[^']{1,120})' was disallowed by policy/,
      /policyAssignment\W{1,12}name\W{1,12}(?<policy>[\w .()-]{1,120})/,
      /Reasons?: '(?<why>[^']{1,200})'/,
    ],
    title: "An Azure policy forbids it",
    told: "[{policy} ]forbids {resource}[: {why}]",
    scope: "{policy}",
    meaning:
      "An Azure policy[ ({policy})] of the organisation forbids[ {resource}, ]what the cluster needs[: {why}].",
    advice: "Meet the policy, or ask for an exemption.",
    who: "Azure subscription owner",
    fix: [
      "Read what the policy asks for and set it in the template by a change.",
      "Or let the policy's owner exempt the resource group.",
    ],
    link: "https://learn.microsoft.com/en-us/azure/governance/policy/overview",
    source: "dotnet/core#2604, Azure/azure-policy#1185",
    example: {
      reason: "RequestDisallowedByPolicy",
      message:
        "Resource 'aks-prod-1' was disallowed by policy. Reasons: 'Public network access must be disabled for PaaS services.'. See error details for policy resource IDs.",
    },
    nearMiss:
      "ValidatingAdmissionPolicy 'guard' with binding 'guard' denied request: Clusters are deleted by a change",
  },
  {
    id: "azure-name-taken",
    match:
      /VaultAlreadyExists|FlagMustBeSetForRestore|KeyIsSoftDeleted|StorageAccountAlreadyTaken|DnsRecordInUse|is already in use[^]{0,120}(?:globaly|globally) unique|recently deleted but not purged/,
    captures: [/[Tt]he (?:vault )?name '(?<name>[^']{1,120})' is already in use/],
    title: "A name in Azure is taken",
    told: "{name} is taken or was deleted and not purged",
    scope: "{name}",
    meaning:
      "The name[ {name}] must be the only one in all of Azure; somebody has it, or it was deleted and is still kept.",
    advice: "Pick another name, or purge the deleted one.",
    who: "platform engineer",
    fix: [
      "If it is a deleted one of ours, purge or recover it.",
      "Else give the resource another name by a change.",
    ],
    link: "https://learn.microsoft.com/en-us/azure/key-vault/general/soft-delete-overview",
    source: "Azure/AKS-Construction#484, Azure/azure-service-operator#1686",
    example: {
      reason: "VaultAlreadyExists",
      message:
        "The vault name 'kv-prod-1' is already in use. Vault names are globaly unique so it is possible that the name is already taken.",
    },
    nearMiss: "port 443 is already in use by service ingress",
  },
  {
    id: "azure-busy",
    match:
      /ResourceGroupBeingDeleted|in deprovisioning state|Another operation[^]{0,80}in progress on the (?:managed cluster|agent ?pool)|there's an in progress \w+|EtagMismatch/i,
    captures: [/resource group '(?<group>[^']{1,90})'/i],
    title: "Azure is still at work on it",
    meaning: "Azure carries out something else on this resource[ group {group}] and takes one at a time.",
    advice: "Wait until it has ended.",
    who: "nobody: it passes",
    fix: [
      "Wait: it is tried again.",
      "If it lasts for hours, see the activity log of the resource in Azure.",
    ],
    source: "Azure documentation, common deployment errors",
    example: {
      reason: "ResourceGroupBeingDeleted",
      message: "The resource group 'rg-dev-4' is in deprovisioning state and cannot perform this operation.",
    },
    nearMiss: "another operation (install/upgrade/rollback) is in progress",
  },
  {
    id: "node-drain",
    match: /PodDrainFailure|violate the pod's disruption budget|blocked by pdb|DrainingFailed/,
    captures: [
      /blocked by pdb (?<budget>[\w./-]{1,120})/,
      /evicting [Pp]ods?[ /]"?(?<pod>[\w./-]{1,160})/,
      /[Dd]rain node (?<node>[\w.-]{1,120})/,
    ],
    title: "A disruption budget keeps a node from being drained",
    told: "[{budget} does not let ]{pod} go[ from {node}]",
    scope: "{budget}",
    meaning:
      "A node[ {node}] is to be replaced, and a PodDisruptionBudget[ ({budget})] forbids to move a pod[ ({pod})].",
    advice: "Give the workload one more replica, or loosen its budget.",
    who: "team",
    fix: [
      "See why the workload has no replica to spare: kubectl get pdb -A.",
      "Raise its replicas or lower minAvailable by a change; the drain goes on by itself.",
    ],
    link: "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
    source: "cloudnative-pg/cloudnative-pg#7346, Azure/AKS documentation PodDrainFailure",
    example: {
      reason: "UpgradeFailed",
      message:
        "Drain node aks-pool1-0 failed when evicting pod db-1 failed with Too Many Requests error. Original error: Cannot evict pod as it would violate the pod's disruption budget.. PDB debug info: db/db-1 blocked by pdb db (MinAvailable: 1)",
    },
    nearMiss: "PodDisruptionBudget db has 1 allowed disruption",
  },
  {
    id: "azure-throttled",
    match:
      /(?:Subscription|Resource)RequestsThrottled|RESPONSE 429|Number of (?:\w+ )?requests for (?:subscription|action)|The request is being throttled/,
    captures: [/try again after '?(?<seconds>\d+)'? seconds/],
    title: "Azure answers too many requests",
    meaning:
      "Too much is asked of Azure in this subscription[; it wants to be left alone for {seconds} seconds].",
    advice: "Wait: it is tried again.",
    who: "nobody: it passes",
    fix: ["Wait.", "If it comes back, spread clusters over more subscriptions or sync less often."],
    link: "https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/request-limits-and-throttling",
    source: "MicrosoftDocs/azure-docs#105248, Azure/azqr#34",
    example: {
      reason: "SubscriptionRequestsThrottled",
      message:
        "Number of requests for subscription 'subid' and operation 'GET/…/VIRTUALMACHINES' exceeded the backend storage limit. Please try again after '6' seconds.",
    },
    nearMiss: "the server has received too many requests and has asked us to try again later",
  },
];
