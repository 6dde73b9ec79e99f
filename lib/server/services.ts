import { join } from "node:path";
import { openDb, type Db } from "../db/client.ts";
import { notePollError } from "../db/repository.ts";
import { scrubText } from "../domain/scrub-text.ts";
import type { Forge, ForgeError } from "../forge/forge.ts";
import { githubAsApp } from "../forge/github/github-as-app.ts";
import { githubAsPerson } from "../forge/github/github-as-person.ts";
import type { Mirror } from "../git/mirror.ts";
import { openMirror } from "../git/open-mirror.ts";
import { openClock, type Clock } from "./clock.ts";
import { parseEnv, type Env } from "./env.ts";
import { openLogger, type Logger } from "./logger.ts";
import { openSeal, type Seal } from "./seal.ts";

/** Everything a process has one of. Made at first use, never while Next builds. */
export interface Services {
  env: Env;
  db: Db;
  seal: Seal;
  log: Logger;
  clock: Clock;
  mirror: Mirror;
  /** The engine's own rights (docs/privileges.md lists every use of this word). */
  asApp: Forge;
  /** The same rights where a person waits for the answer: not paced like background work. */
  asAppForPerson: Forge;
  /** The forge with a person's own token. */
  asPerson: (token: string) => Forge;
}

function open(): Services {
  const env = parseEnv(process.env);
  const log = openLogger(env.LOG_LEVEL);
  const identity =
    env.GITHUB_APP_ID !== undefined && env.appPrivateKey
      ? { appId: env.GITHUB_APP_ID, privateKey: env.appPrivateKey }
      : { token: env.FORGE_TOKEN ?? "" };
  const db = openDb(env.DATABASE_URL);
  const onTrouble = ({ message }: ForgeError): void => {
    // Told on every page before the engine's next poll; where the database is gone too, the poll tells it later.
    notePollError(db, env.FLEET_REPOSITORY, scrubText(message)).catch(() => undefined);
  };
  const appOptions = { apiUrl: env.FORGE_API_URL, fullName: env.FLEET_REPOSITORY, identity, onTrouble };
  const app = githubAsApp(appOptions);
  const mirror = openMirror({
    dir: join(env.FLEETWRIGHT_DATA_DIR, "mirror.git"),
    url: `${env.FORGE_URL}/${env.FLEET_REPOSITORY}.git`,
    credentials: () => app.gitCredentials(),
  });
  return {
    env,
    log,
    db,
    seal: openSeal(env.FLEETWRIGHT_SECRET, env.FLEETWRIGHT_EARLIER_SECRETS),
    clock: openClock(env.FLEETWRIGHT_CLOCK),
    mirror,
    asApp: app.forge,
    asAppForPerson: githubAsApp({ ...appOptions, pace: "interactive" }).forge,
    asPerson: (token) => githubAsPerson({ apiUrl: env.FORGE_API_URL, fullName: env.FLEET_REPOSITORY, token }),
  };
}

const holder = globalThis as typeof globalThis & { fleetwrightServices?: Services };

/** The process's services; `next dev` reloads modules, so they live on `globalThis`. */
export function services(): Services {
  holder.fleetwrightServices ??= open();
  return holder.fleetwrightServices;
}
