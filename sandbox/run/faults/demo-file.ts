import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";

const schema = z.object({
  portal: z.string(),
  forge: z.object({ url: z.string(), api: z.string(), repository: z.string() }),
  kubeconfig: z.string(),
  people: z.array(z.object({ login: z.string(), token: z.string() })),
});

/** A running demo, as its demo.json tells. */
export interface Demo extends z.infer<typeof schema> {
  /** Where demo.json is; what was turned on is noted beside it. */
  dir: string;
  /** Of the database server, in a database that is not the portal's; null where nobody told. */
  postgres: string | null;
}

/** Reads FLEETWRIGHT_DEMO, or .sandbox/demo.json. @throws Error with one sentence where no demo is described. */
export function readDemoFile(file = process.env["FLEETWRIGHT_DEMO"] ?? ".sandbox/demo.json"): Demo {
  if (!existsSync(file))
    throw new Error(`${file} is not there: start the demo, or name its demo.json in FLEETWRIGHT_DEMO`);
  const dir = dirname(resolve(file));
  return { ...schema.parse(JSON.parse(readFileSync(file, "utf8"))), dir, postgres: postgresOf(dir) };
}

/** The demo's own server by the port it keeps beside demo.json. */
function postgresOf(dir: string): string | null {
  const ports = join(dir, "ports.json");
  if (!existsSync(ports)) return null;
  const { postgres } = z.object({ postgres: z.number() }).parse(JSON.parse(readFileSync(ports, "utf8")));
  return `postgresql://postgres:postgres@127.0.0.1:${String(postgres)}/postgres`;
}
