import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { SandboxInfo, SandboxMessage, SandboxOptions } from "../../sandbox/info.ts";
import { stopLeftoverPostgres } from "../../sandbox/testing/postmaster.ts";
import { kubectlPath } from "../tools.ts";
import { buildPortal } from "./build-portal.ts";
import { dataDirOf, openDatabase } from "./database.ts";
import { choosePorts, type Ports } from "./ports.ts";
import { Processes, type Started } from "./processes.ts";

const root = resolve(import.meta.dirname, "../..");

export interface StackOptions {
  /** State and logs. */
  dir: string;
  clusters: number;
  /** First port to try. */
  firstPort?: number;
  durable: boolean;
  /** Gives a start up: all is stopped again. Once started, close() is what stops. */
  signal: AbortSignal;
  onStep: (text: string) => void;
}

export interface Stack {
  portal: string;
  info: SandboxInfo;
  /** Resolves with the name of the first part that ended by itself. */
  broken: Promise<string>;
  close(): Promise<void>;
}

/** A secret of this installation, made once. */
function keptSecret(dir: string): string {
  const file = join(dir, "secret");
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600 });
  return readFileSync(file, "utf8");
}

function sandboxReady(started: Started, onStep: (text: string) => void): Promise<SandboxInfo> {
  return new Promise((done, reject) => {
    started.child.on("message", (message) => {
      const told = message as SandboxMessage;
      if (told.type === "step") onStep(told.text);
      else if (told.type === "ready") done(told.info);
      else reject(new Error(told.message));
    });
    void started.ended.then((code) =>
      reject(new Error(`the sandbox ended (${String(code)}); its log says why`)),
    );
  });
}

function portalEnv(
  ports: Ports,
  dir: string,
  databaseUrl: string,
  info: SandboxInfo,
  kubectl: string,
): Record<string, string> {
  const url = `http://127.0.0.1:${ports.portal}`;
  return {
    NODE_ENV: "production",
    HOSTNAME: "127.0.0.1",
    PORT: String(ports.portal),
    NEXT_MANUAL_SIG_HANDLE: "1",
    NEXTAUTH_URL: url,
    DATABASE_URL: databaseUrl,
    FLEETWRIGHT_URL: url,
    FLEETWRIGHT_SECRET: keptSecret(dir),
    FLEETWRIGHT_DATA_DIR: join(dir, "portal"),
    FORGE_URL: info.forge.url,
    FORGE_API_URL: info.forge.api,
    FLEET_REPOSITORY: info.forge.repository,
    GITHUB_APP_ID: String(info.app.id),
    GITHUB_CLIENT_ID: info.app.clientId,
    GITHUB_CLIENT_SECRET: info.app.clientSecret,
    GITHUB_APP_PRIVATE_KEY_FILE: info.app.privateKeyFile,
    GITHUB_WEBHOOK_SECRET: info.app.webhookSecret,
    MANAGEMENT_CLUSTER: info.kubernetes.managementCluster,
    MANAGEMENT_KUBECONFIG: info.portalKubeconfig,
    KUBECTL: kubectl,
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => {
      reject(new Error("stopped"));
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

async function waitUntilReady(url: string, broken: Promise<string>, stop: AbortSignal): Promise<void> {
  const ended: string[] = [];
  void broken.then((name) => ended.push(name));
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    stop.throwIfAborted();
    if (ended[0] !== undefined) throw new Error(`${ended[0]} ended; its log says why`);
    const response = await fetch(`${url}/api/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(
      () => null,
    );
    if (response?.ok) return;
    await new Promise((next) => setTimeout(next, 250));
  }
  throw new Error("The portal did not become ready within two minutes; its log says why");
}

/** Database, sandbox and portal, started and ready. Throws with everything stopped again where a part fails. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { dir, onStep, signal } = options;
  mkdirSync(join(dir, "logs"), { recursive: true });
  const log = (name: string): number => openSync(join(dir, "logs", `${name}.log`), "a");
  await stopLeftoverPostgres(dataDirOf(dir));
  const ports = await choosePorts(dir, options.firstPort);
  const processes = new Processes();
  const portal = `http://127.0.0.1:${ports.portal}`;
  onStep("starting Postgres and migrating");
  const postgresLog = log("postgres");
  const database = await openDatabase({
    dir,
    port: ports.postgres,
    durable: options.durable,
    onLog: (line) => writeFileSync(postgresLog, line),
  });
  const close = async (): Promise<void> => {
    await processes.stop();
    await database.stop();
  };
  try {
    signal.throwIfAborted();
    const kubectl = await kubectlPath();
    const sandboxOptions: SandboxOptions = {
      dir: join(dir, "sandbox"),
      forgePort: ports.forge,
      kubernetesPort: ports.kubernetes,
      sourcePort: ports.source,
      portalUrl: portal,
      clusters: options.clusters,
    };
    writeFileSync(join(dir, "sandbox.json"), JSON.stringify(sandboxOptions));
    onStep(`starting the sandbox: forge, Kubernetes, ${options.clusters} clusters`);
    const sandbox = processes.start(
      "the sandbox",
      join(root, "sandbox/main.ts"),
      [join(dir, "sandbox.json")],
      {
        ipc: true,
        env: { KUBECTL: kubectl },
        log: log("sandbox"),
      },
    );
    const parts = Promise.all([sandboxReady(sandbox, onStep), buildPortal({ signal, onStep })]);
    const [info, built] = await Promise.race([parts, aborted(signal)]);
    onStep("starting the portal");
    const app = processes.start("the portal", join(root, "scripts/demo/run-portal.ts"), [built], {
      cwd: built,
      env: portalEnv(ports, dir, database.url, info, kubectl),
      log: log("portal"),
    });
    const broken = Promise.race([sandbox.ended.then(() => sandbox.name), app.ended.then(() => app.name)]);
    await waitUntilReady(portal, broken, signal);
    return { portal, info, broken, close };
  } catch (error) {
    await close();
    throw error;
  }
}
