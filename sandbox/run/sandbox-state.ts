import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import type { KubernetesUser } from "../contracts.ts";
import { createFleetSecrets, type FleetSecrets } from "../fleet/secrets.ts";

/** What one sandbox keeps over restarts beside its servers' own state. */
export interface SandboxState {
  secrets: FleetSecrets;
  adminToken: string;
  portalToken: string;
  /** The moment of seeding: the fleet's dates are relative to it. */
  seededAt: string;
  /** The fleet has come up once and its trouble is in place. */
  settled: boolean;
}

const file = (dir: string): string => join(dir, "seed.json");

/** Reads the state below `dir`, or makes that of a new fleet. */
export async function openSandboxState(dir: string): Promise<{ state: SandboxState; fresh: boolean }> {
  mkdirSync(dir, { recursive: true });
  if (existsSync(file(dir))) {
    return { state: JSON.parse(readFileSync(file(dir), "utf8")) as SandboxState, fresh: false };
  }
  const token = (): string => randomBytes(24).toString("hex");
  const state: SandboxState = {
    secrets: await createFleetSecrets(),
    adminToken: token(),
    portalToken: token(),
    seededAt: new Date().toISOString(),
    settled: false,
  };
  return { state, fresh: true };
}

export function saveSandboxState(dir: string, state: SandboxState): void {
  writeFileSync(file(dir), JSON.stringify(state, null, 2), { mode: 0o600 });
}

/** Static users of the management API: its administrator, and the portal's ServiceAccount. */
export function managementUsers(state: SandboxState): { admin: KubernetesUser; portal: KubernetesUser } {
  return {
    admin: { username: "admin", groups: ["system:masters"], token: state.adminToken },
    portal: {
      username: "system:serviceaccount:flux-system:fleetwright",
      groups: ["system:serviceaccounts", "system:serviceaccounts:flux-system", "system:authenticated"],
      token: state.portalToken,
    },
  };
}
