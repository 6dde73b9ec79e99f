import { capi } from "../capi/kinds.ts";
import { startFleetWorld } from "./fleet-world.ts";
import { aksCluster } from "./manifests.ts";
const w = await startFleetWorld();
const t0 = Date.now();
await w.apply(aksCluster("prod-east"));
const show = async () => {
  const c = await w.client.get(capi.cluster, "prod-east", "prod-east");
  const mp = await w.client.get(capi.machinePool, "prod-east-pool0", "prod-east");
  const ap = await w.client.find(capi.agentPool, "prod-east-pool0", "prod-east");
  const mc = await w.client.find(capi.managedCluster, "prod-east", "prod-east");
  console.log(
    Date.now() - t0,
    (c as any).status?.phase,
    JSON.stringify((c as any).status?.conditions?.find((x: any) => x.type === "Available")),
    "MP",
    (mp as any).status?.phase,
    (mp as any).spec.replicas,
    JSON.stringify((mp as any).status?.versions),
    "MC",
    (mc as any)?.status?.provisioningState,
    (mc as any)?.status?.conditions?.[0]?.severity,
    "AP",
    (ap as any)?.status?.provisioningState,
    (ap as any)?.status?.conditions?.[0]?.message,
  );
  return (
    (c as any).status?.conditions?.find((x: any) => x.type === "Available")?.status === "True" &&
    (mp as any).status?.phase === "Running"
  );
};
for (let i = 0; i < 20; i++) {
  if (await show()) break;
  await new Promise((r) => setTimeout(r, 300));
}
if (process.argv[2] === "-v")
  for (const [k, n] of [
    ["cluster", "prod-east"],
    ["machinePool", "prod-east-pool0"],
    ["asoControlPlane", "prod-east"],
    ["asoCluster", "prod-east"],
    ["asoMachinePool", "prod-east-pool0"],
    ["managedCluster", "prod-east"],
    ["agentPool", "prod-east-pool0"],
  ] as const) {
    const o = await w.client.get(capi[k], n, "prod-east");
    delete o.metadata.managedFields;
    console.log(JSON.stringify(o, null, 1));
  }
await w.close();
