/**
 * All controllers of the sandbox in one process: `node main.ts options.json`. They still share nothing but the API
 * server; the parent may set the pace of simulated work by the message `{speed}`.
 */
import { readFileSync } from "node:fs";
import type { Connection, Running } from "../contracts.ts";
import { startProviderAzure } from "./azure/start-provider-azure.ts";
import { scaledDurations } from "./capi/durations.ts";
import { startCapiCore } from "./capi/start-capi-core.ts";
import { startProviderDev } from "./dev/start-provider-dev.ts";
import { startFluxKustomize } from "./flux-kustomize/start-flux-kustomize.ts";
import { startFluxSource } from "./flux-source/start-flux-source.ts";
import { startWorkloadFlux } from "./flux-workload.ts";
import { startWorkloads } from "./workloads/start-workloads.ts";

export interface ControllersOptions {
  connection: Connection;
  dataDir: string;
  sourcePort: number;
  kubectl: string;
  speed: number;
}

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("usage: main.ts <options.json>");
const options = JSON.parse(readFileSync(file, "utf8")) as ControllersOptions;
const { connection, kubectl } = options;

let durations = scaledDurations(options.speed);
process.on("message", (message: { speed?: number }) => {
  if (message.speed) durations = scaledDurations(message.speed);
});
const settings = { durations: () => durations };
const sopsAgeSecret = "flux-system/sops-age";

const source = await startFluxSource({ connection, dataDir: options.dataDir, port: options.sourcePort });
const running: Running[] = [
  source,
  await startFluxKustomize({
    connection,
    concurrency: 20,
    // Somebody watches a cluster come up here: what Flux does every 5 s by its manifests is done sooner.
    requeueDependencyMs: 1_000,
    sopsAgeSecret,
    kubectl,
    cacheDir: options.dataDir,
  }),
  startCapiCore(connection, settings),
  startProviderAzure(connection, settings),
  startProviderDev(connection, settings),
  startWorkloads(connection, settings),
  await startWorkloadFlux({
    management: connection,
    store: source.store,
    kustomize: { kubectl, cacheDir: options.dataDir },
  }),
];

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await Promise.allSettled(running.reverse().map((each) => each.close()));
  process.exit(0);
}
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop());
process.stdin.once("end", () => void stop()).resume();
process.send?.({ ready: true });
