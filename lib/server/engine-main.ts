/** `npm run engine`: the engine without pages (the app then runs with FLEETWRIGHT_ENGINE=0). */
import { startEngine } from "./engine.ts";
import { startEngineServer } from "./engine-server.ts";
import { life } from "./life.ts";
import { services } from "./services.ts";

/** What is written is fenced, so nothing is lost where the end does not wait for a slow neighbour. */
const graceMs = 10_000;

const { env, log } = services();
const server = env.FLEETWRIGHT_ENGINE_PORT ? await startEngineServer(env.FLEETWRIGHT_ENGINE_PORT) : null;
const engine = await startEngine();
const stop = async (signal: string): Promise<void> => {
  if (life().stopping) return;
  life().stopping = true;
  log.info({ signal }, "stopping");
  setTimeout(() => process.exit(0), graceMs).unref();
  // Until its last write it says that it is on its way out.
  await Promise.allSettled([engine.close()]);
  await server?.close();
  await services().db.$disconnect();
  process.exit(0);
};
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(signal));
