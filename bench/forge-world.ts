import { rmSync } from "node:fs";
import { join } from "node:path";
import type { ChangeWorld } from "../lib/changes/change-world.ts";
import { openDb } from "../lib/db/client.ts";
import { ensureRepository } from "../lib/db/repository.ts";
import type { Forge } from "../lib/forge/forge.ts";
import { githubAsApp } from "../lib/forge/github/github-as-app.ts";
import { githubAsPerson } from "../lib/forge/github/github-as-person.ts";
import { openMirror } from "../lib/git/open-mirror.ts";
import { treeBuilder } from "../lib/server/tree-builder.ts";
import { loadCrds } from "../sandbox/crds/load-crds.ts";
import { createFleetSecrets } from "../sandbox/fleet/secrets.ts";
import { fleetSeed } from "../sandbox/fleet/seed.ts";
import { startForge } from "../sandbox/forge/start-forge.ts";
import { openDatabase } from "../scripts/demo/database.ts";
import { kubectlPath } from "../scripts/tools.ts";
import { benchDir } from "./bench-dir.ts";
import { freePort } from "./free-port.ts";

export interface ForgeBenchWorld {
  world: ChangeWorld;
  /** Somebody who may push: then the pull request is opened in his name. */
  asPerson: Forge;
  origin: string;
  close(): Promise<void>;
}

/** The sandbox writes a tree of hundreds of files more slowly than the portal waits for GitHub; this counts, it does not time out. */
const patience = { deadlineMs: 120_000 };

export const person = "omar.h";

/** The sandbox's forge with a small fleet, and the work on changes over it as lib/server wires it. */
export async function startForgeBenchWorld(): Promise<ForgeBenchWorld> {
  const dir = benchDir();
  const forgePort = await freePort();
  const forgeUrl = `http://127.0.0.1:${String(forgePort)}`;
  const secrets = await createFleetSecrets();
  const places = { forgeUrl, portalUrl: "http://127.0.0.1:9", now: new Date() };
  const { forge: seed } = await fleetSeed({ ...places, secrets, fluxCrds: loadCrds("flux"), clusters: 6 });
  delete seed.app.webhook;
  const forge = await startForge({ dir: join(dir, "forge"), port: forgePort, seed });
  const port = await freePort();
  const database = await openDatabase({ dir, port, durable: true, onLog: () => undefined });
  const db = openDb(database.url, { max: 4 });
  const fullName = `${seed.organization}/${seed.repository}`;
  const { id: appId, privateKey } = seed.app;
  const app = githubAsApp({
    apiUrl: forge.api,
    fullName,
    identity: { appId, privateKey },
    pace: "interactive",
    patience,
  });
  const mirror = openMirror({
    dir: join(dir, "mirror.git"),
    url: `${forge.url}/${fullName}.git`,
    credentials: () => app.gitCredentials(),
  });
  const row = await ensureRepository(db, fullName, "main");
  const quiet = (): void => undefined;
  const world: ChangeWorld = {
    db,
    asApp: app.forge,
    mirror,
    repository: { id: row.id, fullName, defaultBranch: "main", webUrl: `${forge.url}/${fullName}` },
    buildFleet: treeBuilder(mirror, await kubectlPath()),
    portalUrl: null,
    now: () => new Date(),
    log: { info: quiet, warn: (fields, message) => console.error(message, fields), error: quiet },
  };
  return {
    world,
    asPerson: githubAsPerson({ apiUrl: forge.api, fullName, token: secrets.people[person] ?? "", patience }),
    origin: new URL(forge.api).origin,
    async close() {
      await forge.close();
      await db.$disconnect();
      await database.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
