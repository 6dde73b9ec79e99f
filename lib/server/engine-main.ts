/** `npm run engine`: the engine without pages (the app then runs with FLEETWRIGHT_ENGINE=0). */
import { startEngine } from "./engine.ts";
import { services } from "./services.ts";

const engine = await startEngine();
const stop = async (): Promise<void> => {
  await engine.close();
  await services().db.$disconnect();
  process.exit(0);
};
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop());
