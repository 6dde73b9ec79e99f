import { openDb } from "../../db/client.ts";
import { ensureRepository } from "../../db/repository.ts";
import type { BuiltPath } from "../../domain/protect/built-path.ts";
import { githubAsApp } from "../../forge/github/github-as-app.ts";
import { openMirror } from "../../git/open-mirror.ts";
import type { ChangeWorld } from "../change-world.ts";

/** Where the servers of a test are: enough for another process to work on the same fleet. */
export interface WorldAddress {
  databaseUrl: string;
  forgeUrl: string;
  api: string;
  fullName: string;
  identity: { appId: number; privateKey: string; installationId: number };
  mirrorDir: string;
}

/** What the stand-in for kustomize says of every tree. */
export const smallFleet: BuiltPath = {
  ...{ home: "management", namespace: "flux-system", name: "flux-system", path: "clusters/management" },
  ...{ ok: true, error: null, files: [], objects: [] },
};

/** The work on changes over servers that run already; its `db` is the caller's to disconnect. */
export async function connectWorld(address: WorldAddress): Promise<ChangeWorld> {
  const { api: apiUrl, forgeUrl, fullName, identity } = address;
  const db = openDb(address.databaseUrl, { max: 4 });
  const app = githubAsApp({ apiUrl, fullName, identity, pace: "interactive" });
  const webUrl = `${forgeUrl}/${fullName}`;
  const mirror = openMirror({
    dir: address.mirrorDir,
    url: `${webUrl}.git`,
    credentials: () => app.gitCredentials(),
  });
  const { id } = await ensureRepository(db, fullName, "main");
  const silent = (): void => undefined;
  return {
    db,
    asApp: app.forge,
    mirror,
    repository: { id, fullName, defaultBranch: "main", webUrl },
    buildFleet: () => Promise.resolve([smallFleet]),
    portalUrl: null,
    now: () => new Date(),
    log: { info: silent, warn: silent, error: silent },
  };
}
