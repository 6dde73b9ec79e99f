import type { KnownError } from "../known-error.ts";

/** What Azure has no more of, or does not offer here. */
export const azureLimits: readonly KnownError[] = [
  {
    id: "azure-quota",
    match:
      /QuotaExceeded|exceeding approved [\w ]{1,80}quota|exceeding quota limits of|Resource quota of cores exceeded/i,
    captures: [
      /approved (?<family>\w[\w ]{0,60}?) Cores quota/,
      /approved (?<family>\w+) quota/,
      /Location: (?<region>\w+)/,
      /Current Limit: (?<limit>\d+)/,
      /Current Usage: (?<usage>\d+)/,
      /Additional Required: (?<more>\d+)/,
      /New Limit Required: (?<needed>\d+)/,
    ],
    title: "Azure quota used up",
    told: "needs {more} more cores of {family} in {region}, where {usage} of {limit} are used",
    scope: "{region}/{family}",
    meaning:
      "The subscription may not use more cores[ of {family}][ in {region}][: {usage} of {limit} are in use and {more} more are asked for].",
    advice: "Ask for more or pick another size.",
    who: "Azure subscription owner",
    fix: [
      "Ask for a higher quota[ of {family}][ in {region}][, at least {needed} cores] in the Azure portal under Quotas.",
      "Or give the pool another size, or fewer nodes, by a change.",
    ],
    link: "https://aka.ms/aks/quotas-skus-regions",
    source: "Azure/karpenter-provider-azure#192, scylladb/scylla-cluster-tests#12948",
    example: {
      reason: "OperationNotAllowed",
      message:
        "Operation could not be completed as it results in exceeding approved standardDSv5Family Cores quota. Additional details - Deployment Model: Resource Manager, Location: westeurope, Current Limit: 100, Current Usage: 96, Additional Required: 64, (Minimum) New Limit Required: 160.",
    },
    nearMiss:
      'pods "web-1" is forbidden: exceeded quota: compute, requested: cpu=1, used: cpu=4, limited: cpu=4',
  },
  {
    id: "azure-size",
    match:
      /SkuNotAvailable|VMSizeNotSupported|AvailabilityZoneNotSupported|is not allowed in your subscription in location/,
    captures: [/(?<size>Standard_\w+)/, /in (?:your subscription in )?location '(?<region>[\w ]{1,40})'/],
    title: "Azure does not offer this size here",
    told: "{size} is not to be had in {region}",
    scope: "{region}/{size}",
    meaning:
      "The size[ {size}] of the nodes is not offered[ in {region}], or not to this subscription or zone.",
    advice: "Pick another size or region.",
    who: "team",
    fix: [
      "Give the pool another size by a change.",
      "Or let the subscription's owner ask Azure for access to the size[ in {region}].",
    ],
    link: "https://aka.ms/aks/quotas-skus-regions",
    source: "hashicorp-education/learn-terraform-provision-aks-cluster#15, MicrosoftDocs/azure-docs#45485",
    example: {
      reason: "BadRequest",
      message: "The VM size of Standard_B2s is not allowed in your subscription in location 'westus2'.",
    },
    nearMiss:
      "System node pool must use VM sku with more than 2 cores and 4GB memory. Nodepool name: nodepool1.",
  },
  {
    id: "azure-capacity",
    match:
      /\b(?:Zonal)?AllocationFailed\b|OverconstrainedAllocationRequest|do not have sufficient capacity for the requested VM size/,
    captures: [/requested VM size(?: \(?(?<size>Standard_\w+)\)?)? in this (?<where>region|zone)/],
    title: "Azure has no machines of this size left",
    meaning: "Azure itself has no free machines of this size[ in this {where}] now; no quota helps.",
    advice: "Wait, or pick another size or zone.",
    who: "nobody: it passes",
    fix: ["Wait: Azure is asked again by itself.", "Or give the pool another size or zone by a change."],
    link: "https://learn.microsoft.com/en-us/troubleshoot/azure/virtual-machines/allocation-failure",
    source: "Azure documentation, Troubleshoot allocation failures",
    example: {
      reason: "AllocationFailed",
      message:
        "Allocation failed. We do not have sufficient capacity for the requested VM size in this region.",
    },
    nearMiss: "Failed to allocate a node port for service web",
  },
  {
    id: "azure-subnet-full",
    match:
      /InsufficientSubnetSize|SubnetIsFull|Pre-allocated IPs \d+ exceeds IPs available|does not have enough capacity for \d+ IP addresses/,
    captures: [
      /Pre-allocated IPs (?<wanted>\d+) exceeds IPs available (?:in Subnet )?(?<free>\d+)/,
      /Subnet Cidr (?<cidr>[\d./]+), Subnet Name (?<subnet>[\w.-]+)/,
      /Subnet (?<subnet>[\w.-]+) with address prefix (?<cidr>[\d./]+)/,
      /enough capacity for (?<wanted>\d+) IP addresses/,
    ],
    title: "The subnet has too few addresses",
    told: "needs {wanted} addresses, {free} are free[ in {subnet}][ ({cidr})]",
    scope: "{cidr}/{subnet}",
    meaning:
      "Nodes and pods need[ {wanted}] addresses, and the subnet[ {subnet}][ ({cidr})] has too few[: {free}].",
    advice: "Use a larger subnet, or fewer nodes or pods per node.",
    who: "network administrator",
    fix: [
      "Ask for a larger subnet; one in use cannot grow.",
      "Or lower the maximum of nodes of the pools, which counts in full where they scale by themselves.",
    ],
    link: "https://aka.ms/aks/insufficientsubnetsize",
    source: "Azure/AKS-Construction#701, Azure/AKS#2119",
    example: {
      reason: "InsufficientSubnetSize",
      message:
        "Pre-allocated IPs 255 exceeds IPs available 251 in Subnet Cidr 10.10.0.0/24, Subnet Name aks. http://aka.ms/aks/insufficientsubnetsize",
    },
    nearMiss: "Subnet 10.0.0.0/24 overlaps with the service CIDR of the cluster",
  },
  {
    id: "azure-public-ip",
    match:
      /PublicIPCountLimitReached|PublicIPPrefixCountLimitReached|Cannot create more than \d+ public IP addresses/,
    captures: [/more than (?<limit>\d+) public IP addresses/],
    title: "No more public addresses in this Azure subscription",
    told: "all {limit} public addresses of the region are taken",
    meaning: "The subscription may have no more[ than {limit}] public addresses in this region.",
    advice: "Ask for more or give some back.",
    who: "Azure subscription owner",
    fix: [
      "Delete public addresses nobody uses.",
      "Or ask for a higher limit in the Azure portal under Quotas.",
    ],
    source: "openshift/release#12840",
    example: {
      reason: "PublicIPCountLimitReached",
      message: "Cannot create more than 50 public IP addresses for this subscription in this region.",
    },
    nearMiss: "Waiting for the public IP address of service ingress-nginx-controller",
  },
  {
    id: "azure-version",
    match:
      /K8sVersionNotSupported|AgentPoolUpgradeVersionNotAllowed|ersion \d[\w.]{0,20} (?:which )?is not supported in this region|has invalid version \d|OperationNotAllowed[^]{0,200}Kubernetes version/,
    captures: [/ersion v?(?<version>\d+\.\d+(?:\.\d+)?)/],
    title: "AKS refuses the Kubernetes version",
    told: "{version} is not offered in this region",
    scope: "{version}",
    meaning: "AKS does not offer the Kubernetes version[ {version}] in this region, or no way leads to it.",
    advice: "Pick a version AKS offers.",
    who: "platform engineer",
    fix: [
      "See what the region offers: az aks get-versions --location REGION.",
      "Set an offered version by a change; go one minor at a time.",
    ],
    link: "https://aka.ms/supported-version-list",
    source: "pulumi/pulumi-azure-native#3550, Azure/Microsoft-Defender-for-Cloud#923",
    example: {
      reason: "BadRequest",
      message:
        "Managed cluster prod-1 is on version 1.27.9 which is not supported in this region. Please use [az aks get-versions] command to get the supported version list in this region.",
    },
    nearMiss: 'no matches for kind "Cluster" in version "cluster.x-k8s.io/v1beta1"',
  },
];
