import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { benchCauses, causesTable } from "./causes.ts";
import { benchChecks } from "./checks.ts";
import { benchForge } from "./forge.ts";
import { benchSync } from "./sync.ts";
import { syncTable } from "./sync-table.ts";
import { checksTable, forgeTable } from "./tables.ts";

interface Benchmark {
  title: string;
  run(clusters: number): Promise<{ figures: object; table: string[][] }>;
}

const benchmarks: Record<string, Benchmark> = {
  sync: {
    title: "First sync, event to browser, memory",
    async run(clusters) {
      const figures = await benchSync(clusters);
      return { figures, table: syncTable(figures) };
    },
  },
  checks: {
    title: "The checks fleetwright/build and fleetwright/protect",
    async run(clusters) {
      const figures = await benchChecks(clusters);
      return { figures, table: checksTable(figures) };
    },
  },
  causes: {
    title: "Grouping all trouble by cause",
    run(clusters) {
      const figures = benchCauses(clusters);
      return Promise.resolve({ figures, table: causesTable(figures) });
    },
  },
  forge: {
    title: "Requests to the forge per pull request (a repository of six clusters, whatever the number)",
    async run() {
      const figures = await benchForge();
      return { figures, table: forgeTable(figures) };
    },
  },
};

/** Runs the benchmarks of these names (all where none is named), prints a table of each and keeps its figures. */
export async function run(names: string[], clusters = 50): Promise<void> {
  if (names[0] === "capture") {
    await (await import("./capture.ts")).capture();
    return;
  }
  for (const name of names.length > 0 ? names : Object.keys(benchmarks)) {
    const benchmark = benchmarks[name];
    if (!benchmark) {
      throw new Error(`there is no benchmark ${name}: ${Object.keys(benchmarks).join(", ")}, or capture`);
    }
    console.log(`\n${benchmark.title}, ${String(clusters)} clusters`);
    const { figures, table } = await benchmark.run(clusters);
    print(table);
    const dir = join(import.meta.dirname, "results");
    mkdirSync(dir, { recursive: true });
    writeFileSync(
      join(dir, `${name}-${String(clusters)}.json`),
      `${JSON.stringify({ at: new Date().toISOString(), ...figures }, null, 2)}\n`,
    );
  }
}

function print(table: string[][]): void {
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => (row[column] ?? "").length)),
  );
  for (const row of table)
    console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
}
