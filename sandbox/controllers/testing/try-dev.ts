import { capi } from "../capi/kinds.ts";
import { startFleetWorld } from "./fleet-world.ts";
import { devCluster } from "./manifests.ts";
const w = await startFleetWorld();
const t0 = Date.now();
await w.apply(devCluster("dev", { controlPlanes: 3 }));
let last = "";
for (let i = 0; i < 60; i++) {
  const c = (await w.client.get(capi.cluster, "dev", "dev")) as any;
  const k = (await w.client.get(capi.kubeadmControlPlane, "dev", "dev")) as any;
  const md = (await w.client.get(capi.machineDeployment, "dev-md-0", "dev")) as any;
  const ms = (await w.client.list(capi.machine, { namespace: "dev" })).items as any[];
  const a = c.status?.conditions?.find((x: any) => x.type === "Available");
  const up = c.status?.conditions?.find((x: any) => x.type === "ScalingUp");
  const line = [
    c.status?.phase,
    a?.status,
    a?.message,
    "UP",
    up?.message,
    "KCP",
    k.status?.replicas,
    k.status?.readyReplicas,
    "MD",
    md.status?.phase,
    md.status?.replicas,
    md.status?.readyReplicas,
    "M",
    ms
      .map((m) => m.status?.phase + ":" + m.status?.conditions?.find((x: any) => x.type === "Ready")?.message)
      .join(" | "),
  ].join(" ");
  if (line !== last) console.log(Date.now() - t0, line);
  last = line;
  if (a?.status === "True" && k.status?.readyReplicas === 3) break;
  await new Promise((r) => setTimeout(r, 100));
}
if (process.argv[2] === "-v")
  for (const k of [
    "cluster",
    "kubeadmControlPlane",
    "machineDeployment",
    "machineSet",
    "machine",
    "devMachine",
    "kubeadmConfig",
  ] as const) {
    const o = (await w.client.list(capi[k])).items[0]!;
    delete o.metadata.managedFields;
    console.log(JSON.stringify(o));
  }
await w.close();
