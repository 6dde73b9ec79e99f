import { readFileSync } from "node:fs";

export interface Demo {
  portal: string;
  forge: { url: string; api: string; repository: string; gitDir: string };
  kubeconfig: string;
  people: { login: string; roles: string[]; teams: string[]; token: string }[];
}

/** The running stack, as `scripts/e2e.ts` (or `make demo`: FLEETWRIGHT_DEMO=.sandbox/demo.json) describes it. */
export function readDemo(): Demo {
  const file = process.env["FLEETWRIGHT_DEMO"] ?? ".sandbox/demo.json";
  return JSON.parse(readFileSync(file, "utf8")) as Demo;
}
