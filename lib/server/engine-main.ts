/** `npm run engine`: the engine without pages (the app then runs with FLEETWRIGHT_ENGINE=0). */
import { startEngine } from "./engine.ts";
import { startEngineServer } from "./engine-server.ts";
import { services } from "./services.ts";

/** What is written is fenced, so nothing is lost where the end does not wait for a slow neighbour. */
const graceMs = 10_000;

const { env, log } = services();
const server = env.FLEETWRIGHT_ENGINE_PORT ? await startEngineServer(env.FLEETWRIGHT_ENGINE_PORT) : null;
const engine = await startEngine();
let stopping = false;
const stop = async (signal: string): Promise<void> => {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, "stopping");
  setTimeout(() => process.exit(0), graceMs).unref();
  await Promise.allSettled([engine.close(), server?.close()]);
  await services().db.$disconnect();
  process.exit(0);
};
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(signal));
