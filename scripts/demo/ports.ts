import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { z } from "zod";

const schema = z.object({
  portal: z.number(),
  forge: z.number(),
  kubernetes: z.number(),
  source: z.number(),
  postgres: z.number(),
});
export type Ports = z.infer<typeof schema>;

const usual: Ports = { portal: 3000, forge: 3001, kubernetes: 3002, source: 3003, postgres: 3004 };

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.on("error", () => done(false));
    server.listen(port, "127.0.0.1", () => server.close(() => done(true)));
  });
}

async function nextFree(from: number, taken: Set<number>): Promise<number> {
  for (let port = from; port < from + 2_000; port += 1) {
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Error(`No port is free between ${from} and ${from + 2_000}`);
}

/**
 * The ports of a demo. Chosen once, from `first` on, then kept in `dir`: addresses stand in Git, in the OAuth
 * callback and in kubeconfigs. A kept port that somebody else has taken is an error that names it.
 */
export async function choosePorts(dir: string, first = usual.portal): Promise<Ports> {
  const file = join(dir, "ports.json");
  if (existsSync(file)) {
    const kept = schema.parse(JSON.parse(readFileSync(file, "utf8")));
    for (const [name, port] of Object.entries(kept)) {
      if (!(await isFree(port))) {
        throw new Error(
          `Port ${port} (${name}) is busy, and this demo's addresses use it: stop what listens there ` +
            `(another demo?), or start over on other ports with "make demo-reset" and "make demo".`,
        );
      }
    }
    return kept;
  }
  const taken = new Set<number>();
  const chosen: Record<string, number> = {};
  for (const [name, port] of Object.entries(usual)) {
    const free = await nextFree(first + (port - usual.portal), taken);
    taken.add(free);
    chosen[name] = free;
  }
  mkdirSync(dir, { recursive: true });
  writeFileSync(file, JSON.stringify(chosen));
  return schema.parse(chosen);
}
