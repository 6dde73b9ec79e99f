import type { Db } from "../db/client.ts";
import type { Forge } from "../forge/forge.ts";
import type { Mirror } from "../git/mirror.ts";
import type { BuildFleet } from "./checks/build-fleet.ts";

/** The part of a logger we use; pino fits. */
interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Everything the work on changes needs, whoever asks: the engine's loop or a person's click. */
export interface ChangeWorld {
  db: Db;
  /** The portal's own rights: read, write checks, open pull requests for people who may not push. */
  asApp: Forge;
  mirror: Mirror;
  repository: { id: string; fullName: string; defaultBranch: string; webUrl: string };
  buildFleet: BuildFleet;
  /** Where a check run links to; null in tests. */
  portalUrl: string | null;
  now(): Date;
  log: Logger;
}
