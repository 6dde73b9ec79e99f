/** How one type of condition is said. */
export interface ConditionPhrase {
  label: string;
  /** What True says. */
  yes: string;
  no: string;
  /** True means that something is going on, not that something is well. */
  happening?: boolean;
  /** Worth reading only while it is not as it should be. */
  quiet?: boolean;
}

/**
 * Every condition Cluster API sets (contracts v1beta2 and v1beta1: api/core/v1beta2/condition_consts.go and
 * *_types.go, controlplane/kubeadm/api/v1beta2) and its Azure provider (api/v1beta1/conditions_consts.go), in reading
 * order.
 */
export const conditionPhrases: Readonly<Record<string, ConditionPhrase>> = {
  Available: {
    label: "Available",
    yes: "The control plane answers and all infrastructure is in place.",
    no: "Something the cluster needs is not in place.",
  },
  Ready: {
    label: "Ready",
    yes: "Everything it consists of is ready.",
    no: "Something it consists of is not ready.",
  },
  InfrastructureReady: {
    label: "Infrastructure",
    yes: "Network and other infrastructure are provisioned.",
    no: "The infrastructure is not ready yet.",
  },
  ControlPlaneInitialized: {
    label: "Control plane started",
    yes: "The control plane has answered once.",
    no: "The control plane has not answered yet.",
    quiet: true,
  },
  ControlPlaneAvailable: {
    label: "Control plane",
    yes: "Its provider calls the control plane available.",
    no: "The control plane does not serve requests.",
  },
  ControlPlaneReady: {
    label: "Control plane",
    yes: "The control plane is ready.",
    no: "The control plane is not ready.",
  },
  ControlPlaneMachinesReady: {
    label: "Control-plane machines",
    yes: "All control-plane machines are ready.",
    no: "A control-plane machine is not ready.",
    quiet: true,
  },
  ControlPlaneMachinesUpToDate: {
    label: "Control-plane machines current",
    yes: "All control-plane machines are as described.",
    no: "A control-plane machine is not yet as described.",
    quiet: true,
  },
  WorkersAvailable: {
    label: "Workers",
    yes: "Enough workers are available.",
    no: "Too few workers are available.",
  },
  WorkerMachinesReady: {
    label: "Worker machines",
    yes: "All worker machines are ready.",
    no: "A worker machine is not ready.",
    quiet: true,
  },
  WorkerMachinesUpToDate: {
    label: "Worker machines current",
    yes: "All worker machines are as described.",
    no: "A worker machine is not yet as described.",
    quiet: true,
  },
  TopologyReconciled: {
    label: "Cluster class",
    yes: "The cluster is what its class describes.",
    no: "The cluster is not yet what its class describes.",
  },
  RemoteConnectionProbe: {
    label: "Reachable",
    yes: "The management cluster reaches its API server.",
    no: "The management cluster does not reach its API server.",
  },
  RollingOut: {
    label: "Roll-out",
    yes: "Machines are being replaced.",
    no: "No machine is being replaced.",
    happening: true,
  },
  ScalingUp: {
    label: "Scaling up",
    yes: "Machines are being added.",
    no: "No machine is being added.",
    happening: true,
  },
  ScalingDown: {
    label: "Scaling down",
    yes: "Machines are being removed.",
    no: "No machine is being removed.",
    happening: true,
  },
  Remediating: {
    label: "Repair",
    yes: "An unhealthy machine is being replaced.",
    no: "No machine needs repair.",
    happening: true,
  },
  Deleting: {
    label: "Deletion",
    yes: "The cluster is being deleted.",
    no: "The cluster is not being deleted.",
    happening: true,
  },
  Paused: {
    label: "Paused",
    yes: "Cluster API leaves the cluster alone.",
    no: "Cluster API looks after the cluster.",
    happening: true,
  },
  Initialized: {
    label: "Control plane started",
    yes: "The first control-plane machine has answered.",
    no: "The first control-plane machine has not answered yet.",
    quiet: true,
  },
  CertificatesAvailable: {
    label: "Certificates",
    yes: "The cluster’s certificates are there.",
    no: "The cluster’s certificates are not there.",
    quiet: true,
  },
  EtcdClusterHealthy: {
    label: "etcd",
    yes: "etcd has all its members.",
    no: "etcd lacks a member, or one of them is not well.",
    quiet: true,
  },
  ControlPlaneComponentsHealthy: {
    label: "Control-plane components",
    yes: "API server, scheduler and controller manager run.",
    no: "A part of the control plane does not run.",
    quiet: true,
  },
  MachinesReady: {
    label: "Machines",
    yes: "All machines are ready.",
    no: "A machine is not ready.",
    quiet: true,
  },
  MachinesUpToDate: {
    label: "Machines current",
    yes: "All machines are as described.",
    no: "A machine is not yet as described.",
    quiet: true,
  },
  MachinesCreated: {
    label: "Machines created",
    yes: "All machines asked for were created.",
    no: "A machine could not be created.",
    quiet: true,
  },
  MachinesSpecUpToDate: {
    label: "Machines current",
    yes: "All machines are as described.",
    no: "A machine is not yet as described.",
    quiet: true,
  },
  Resized: {
    label: "Size",
    yes: "There are as many control-plane machines as asked for.",
    no: "The number of control-plane machines is not yet what was asked for.",
    quiet: true,
  },
  MachineSetReady: {
    label: "Machine set",
    yes: "The set of machines is ready.",
    no: "The set of machines is not ready.",
    quiet: true,
  },
  RemediationAllowed: {
    label: "Repair allowed",
    yes: "Unhealthy machines may be replaced.",
    no: "Too many machines are unhealthy to replace any.",
    quiet: true,
  },
  ReplicasReady: {
    label: "Nodes",
    yes: "All nodes of the pool are ready.",
    no: "A node of the pool is not ready.",
    quiet: true,
  },
  BootstrapReady: {
    label: "Bootstrap data",
    yes: "What a machine starts with is there.",
    no: "What a machine starts with is not there yet.",
    quiet: true,
  },
  BootstrapConfigReady: {
    label: "Bootstrap data",
    yes: "What a machine starts with is there.",
    no: "What a machine starts with is not there yet.",
    quiet: true,
  },
  NodeHealthy: {
    label: "Node",
    yes: "The machine’s node is well.",
    no: "The machine’s node is not well.",
    quiet: true,
  },
  NodeReady: {
    label: "Node ready",
    yes: "The machine’s node is ready.",
    no: "The machine’s node is not ready.",
    quiet: true,
  },
  HealthCheckSucceeded: {
    label: "Health check",
    yes: "The machine passes its health check.",
    no: "The machine fails its health check.",
    quiet: true,
  },
  OwnerRemediated: {
    label: "Repaired",
    yes: "The failed machine was replaced.",
    no: "The failed machine waits to be replaced.",
    quiet: true,
  },
  ExternallyRemediated: {
    label: "Repaired elsewhere",
    yes: "The failed machine was repaired from outside.",
    no: "The failed machine waits to be repaired from outside.",
    quiet: true,
  },
  UpToDate: {
    label: "Current",
    yes: "The machine is as described.",
    no: "The machine is not yet as described.",
    quiet: true,
  },
  Updating: {
    label: "Update",
    yes: "The machine is being changed in place.",
    no: "The machine is not being changed.",
    happening: true,
  },
  APIServerPodHealthy: {
    label: "API server",
    yes: "The machine’s API server runs.",
    no: "The machine’s API server does not run.",
    quiet: true,
  },
  ControllerManagerPodHealthy: {
    label: "Controller manager",
    yes: "The machine’s controller manager runs.",
    no: "The machine’s controller manager does not run.",
    quiet: true,
  },
  SchedulerPodHealthy: {
    label: "Scheduler",
    yes: "The machine’s scheduler runs.",
    no: "The machine’s scheduler does not run.",
    quiet: true,
  },
  EtcdPodHealthy: {
    label: "etcd",
    yes: "The machine’s etcd runs.",
    no: "The machine’s etcd does not run.",
    quiet: true,
  },
  EtcdMemberHealthy: {
    label: "etcd member",
    yes: "The machine’s etcd belongs to the others.",
    no: "The machine’s etcd does not belong to the others.",
    quiet: true,
  },
  ManagedClusterRunning: {
    label: "AKS cluster",
    yes: "The AKS cluster exists and runs.",
    no: "The AKS cluster is not there yet, is being changed or could not be changed.",
  },
  AgentPoolsReady: {
    label: "AKS agent pools",
    yes: "The agent pools exist and are ready.",
    no: "An agent pool is not ready.",
  },
  AzureResourceAvailable: {
    label: "Azure Resource Health",
    yes: "Azure calls the cluster healthy.",
    no: "Azure calls the cluster unhealthy.",
  },
  ResourceGroupReady: {
    label: "Azure resource group",
    yes: "The resource group is there.",
    no: "The resource group is not there.",
    quiet: true,
  },
  VNetReady: {
    label: "Virtual network",
    yes: "The virtual network is there.",
    no: "The virtual network is not there.",
    quiet: true,
  },
  SubnetsReady: {
    label: "Subnets",
    yes: "The subnets are there.",
    no: "A subnet is not there.",
    quiet: true,
  },
  NetworkInfrastructureReady: {
    label: "Network",
    yes: "The network is in place.",
    no: "The network is not in place yet.",
    quiet: true,
  },
  Reconciling: {
    label: "In progress",
    yes: "A controller is at work on it.",
    no: "No controller is at work on it.",
    happening: true,
  },
  Stalled: {
    label: "Stuck",
    yes: "A controller gave up until something changes.",
    no: "No controller has given up on it.",
    happening: true,
  },
};
