import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { kubectlPath } from "../../scripts/tools.ts";
import type { Connection, Running } from "../contracts.ts";
import { KubeClient } from "../controllers/runtime/kube-client.ts";
import { loadCrds } from "../crds/load-crds.ts";
import { managementSeed } from "../fleet/management-seed.ts";
import { fleetSeed, organization, repository } from "../fleet/seed.ts";
import { startForge } from "../forge/start-forge.ts";
import type { SandboxInfo, SandboxOptions } from "../info.ts";
import { startKubernetes } from "../kubernetes/start-kubernetes.ts";
import { applySeed } from "./apply-seed.ts";
import { bringTrouble, isUp } from "./bring-trouble.ts";
import { connectFluxWebhook } from "./flux-webhook.ts";
import { keepKubeconfig } from "./kubeconfig-file.ts";
import { managementUsers, openSandboxState, saveSandboxState } from "./sandbox-state.ts";
import { startControllers } from "./start-controllers.ts";

const managementCluster = "mgmt-weu";
/** Simulated work is this much quicker while a new fleet comes up. */
const seedingSpeed = 12;
const settleMs = 90_000;

export interface Sandbox extends Running {
  info: SandboxInfo;
}

/** Starts forge, Kubernetes and controllers; seeds them where their state is new, and waits until the fleet is up. */
export async function startSandbox(
  options: SandboxOptions,
  onStep: (text: string) => void,
): Promise<Sandbox> {
  const { dir } = options;
  const { state, fresh } = await openSandboxState(dir);
  const { secrets } = state;
  const running: Running[] = [];
  const close = async (): Promise<void> => {
    for (const each of running.reverse()) await each.close();
    running.length = 0;
  };
  try {
    const forgeUrl = `http://127.0.0.1:${String(options.forgePort)}`;
    const places = { now: new Date(state.seededAt), forgeUrl, portalUrl: options.portalUrl, secrets };
    const seed = await fleetSeed({ ...places, fluxCrds: loadCrds("flux"), clusters: options.clusters });
    const forge = await startForge(
      { dir: join(dir, "forge"), port: options.forgePort, seed: seed.forge },
      console.error,
    );
    running.push(forge);
    const { admin, portal } = managementUsers(state);
    const kubernetes = await startKubernetes({
      dir: join(dir, "kubernetes"),
      port: options.kubernetesPort,
      users: [admin, portal],
    });
    running.push(kubernetes);
    const management: Connection = { server: kubernetes.url, ca: kubernetes.ca, token: admin.token };
    const client = new KubeClient(management, { fieldManager: "flux" });
    running.push(client);
    if (fresh) {
      onStep("bootstrapping the management cluster");
      await applySeed(client, managementSeed({ ...places, crds: loadCrds("management") }));
      saveSandboxState(dir, state);
    }
    const dataDir = join(dir, "flux");
    mkdirSync(dataDir, { recursive: true });
    const controllers = await startControllers(dir, {
      connection: management,
      dataDir,
      sourcePort: options.sourcePort,
      kubectl: await kubectlPath(),
      speed: state.settled ? 1 : seedingSpeed,
    });
    running.push(controllers);
    const kubeconfig = join(dir, "kubeconfig");
    running.push(
      await keepKubeconfig({ file: kubeconfig, name: managementCluster, kubernetes, admin, client }),
    );
    const portalKubeconfig = join(dir, "portal.kubeconfig");
    writeFileSync(portalKubeconfig, kubernetes.kubeconfig(portal), { mode: 0o600 });
    const privateKeyFile = join(dir, "app.pem");
    writeFileSync(privateKeyFile, secrets.app.privateKey, { mode: 0o600 });
    if (!state.settled) {
      onStep("Flux applies the repository; clusters come up");
      const names = new Set(seed.clusters.map(({ name }) => name));
      const [hooked] = await Promise.all([
        connectFluxWebhook({
          client,
          api: forge.api,
          repository: `${organization}/${repository}`,
          adminToken: secrets.people["root-admin"] ?? "",
          receiverUrl: `http://127.0.0.1:${String(options.sourcePort)}`,
          secret: secrets.receiverToken,
        }),
        bringTrouble({ kubernetes, management, gitDir: forge.gitDir }, names, settleMs),
        settle(client, names, onStep),
      ]);
      if (!hooked) onStep("Flux's Receiver did not come up; merges are seen at the next poll");
      controllers.setSpeed(1);
      state.settled = true;
      saveSandboxState(dir, state);
    }
    const { id, clientId, clientSecret } = secrets.app;
    const info: SandboxInfo = {
      forge: {
        url: forge.url,
        api: forge.api,
        repository: `${organization}/${repository}`,
        gitDir: forge.gitDir,
      },
      app: { id, clientId, clientSecret, privateKeyFile, webhookSecret: secrets.webhookSecret },
      kubernetes: { url: kubernetes.url, managementCluster },
      kubeconfig,
      portalKubeconfig,
      people: seed.people,
    };
    return { info, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Waits until nearly all clusters are up (the troubled ones never are), telling how far it got. */
async function settle(
  client: KubeClient,
  names: ReadonlySet<string>,
  onStep: (text: string) => void,
): Promise<void> {
  const up = new Set<string>();
  const deadline = Date.now() + settleMs;
  let told = Date.now();
  while (Date.now() < deadline && up.size < names.size - 2) {
    await delay(1_000);
    await Promise.all(
      [...names]
        .filter((name) => !up.has(name))
        .map(async (name) => {
          if (await isUp(client, name).catch(() => undefined)) up.add(name);
        }),
    );
    if (Date.now() - told > 5_000) {
      onStep(`${String(up.size)} of ${String(names.size)} clusters are up`);
      told = Date.now();
    }
  }
}
