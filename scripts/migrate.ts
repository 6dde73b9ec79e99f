/**
 * `node scripts/migrate.ts` applies the migrations to DATABASE_URL; `--write NAME` writes the difference between the
 * committed prisma/schema.prisma and the edited one as a new migration (the wasm engine cannot read a database back).
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { applyMigrations, diffToSchema } from "./schema-engine.ts";

const url = process.env["DATABASE_URL"];
if (!url) {
  console.error(
    "DATABASE_URL is not set: name the database to migrate, e.g. postgresql://user@host/fleetwright",
  );
  process.exit(2);
}

const [flag, name = "change"] = process.argv.slice(2);
if (flag === "--write") {
  const committed = execFileSync("git", ["show", "HEAD:prisma/schema.prisma"], { encoding: "utf8" });
  const stamp = new Date().toISOString().replaceAll(/[-:T]/g, "").slice(0, 14);
  const dir = resolve(import.meta.dirname, "../prisma/migrations", `${stamp}_${name}`);
  mkdirSync(dir);
  writeFileSync(join(dir, "migration.sql"), await diffToSchema(url, committed));
  console.log(`wrote ${dir}`);
} else {
  const applied = await applyMigrations(url);
  console.log(applied.length > 0 ? `applied ${applied.join(", ")}` : "nothing to migrate");
}
