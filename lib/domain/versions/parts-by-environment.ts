import { compareVersions, withV } from "../capi/version.ts";

/** How many clusters of an environment run a part (a Flux controller, an add-on) in a version; null: not known. */
export interface PartCount {
  part: string;
  version: string | null;
  environment: string;
  count: number;
}

export interface PartRow {
  part: string;
  /** Environment → versions with clusters, newest first, what is not known last. */
  cells: Record<string, { version: string | null; count: number }[]>;
  /** Different versions in the whole fleet. */
  spread: number;
}

/** One row per part; those of which several versions run come first. */
export function partsByEnvironment(counts: readonly PartCount[]): PartRow[] {
  const parts = new Map<string, PartCount[]>();
  for (const one of counts) parts.set(one.part, [...(parts.get(one.part) ?? []), one]);
  return [...parts]
    .map(([part, of]) => ({ part, cells: cellsOf(of), spread: spreadOf(of) }))
    .sort((a, b) => Number(b.spread > 1) - Number(a.spread > 1) || a.part.localeCompare(b.part));
}

function cellsOf(counts: readonly PartCount[]): PartRow["cells"] {
  const cells = new Map<string, Map<string | null, number>>();
  for (const { environment, version, count } of counts) {
    const cell = cells.get(environment) ?? new Map<string | null, number>();
    cell.set(version, (cell.get(version) ?? 0) + count);
    cells.set(environment, cell);
  }
  return Object.fromEntries([...cells].map(([environment, cell]) => [environment, sorted(cell)]));
}

function sorted(cell: ReadonlyMap<string | null, number>): { version: string | null; count: number }[] {
  return [...cell]
    .map(([version, count]) => ({ version, count }))
    .sort(
      (a, b) =>
        Number(a.version === null) - Number(b.version === null) ||
        compareVersions(withV(b.version), withV(a.version)) ||
        (a.version ?? "").localeCompare(b.version ?? ""),
    );
}

const spreadOf = (counts: readonly PartCount[]): number =>
  new Set(counts.map(({ version }) => version).filter((version) => version !== null)).size;
