import { setTimeout as delay } from "node:timers/promises";
import { startEngine, type Running } from "./engine.ts";
import { life } from "./life.ts";
import { live } from "./live/live.ts";
import { closeStreams } from "./live/stream.ts";
import { services } from "./services.ts";

const graceMs = 1_800;
const retryMs = 5_000;

let engine: Running | null = null;

/** Starts what runs beside the pages. Never throws and never waits: Next would answer nothing until it returned. */
export function start(): void {
  // A closed log pipe must not end the process.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  let env;
  try {
    ({ env } = services());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  live();
  if (env.FLEETWRIGHT_ENGINE) void keepStarting();
  if (process.env["NEXT_MANUAL_SIG_HANDLE"]) {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop());
  }
}

async function keepStarting(): Promise<void> {
  const { log } = services();
  while (!life().stopping) {
    try {
      engine = await startEngine();
      return;
    } catch (error) {
      log.error({ err: error }, "the engine could not start; it is tried again");
      await delay(retryMs);
    }
  }
}

async function stop(): Promise<void> {
  if (life().stopping) return;
  life().stopping = true;
  setTimeout(() => process.exit(0), graceMs).unref();
  closeStreams();
  await Promise.allSettled([engine?.close(), live().close()]);
  await services().db.$disconnect();
  process.exit(0);
}
