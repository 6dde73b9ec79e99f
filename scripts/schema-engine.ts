import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as glue from "@prisma/schema-engine-wasm/schema_engine_bg";
import { Pool } from "pg";

const root = resolve(import.meta.dirname, "..");
const migrationsDir = join(root, "prisma/migrations");
const noFilters = { externalTables: [], externalEnums: [] };

/** The official engine as WebAssembly: the native one would be downloaded, which fails offline. */
function instantiate(): void {
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm");
  const bytes = readFileSync(join(dirname(entry), "schema_engine_bg.wasm"));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { "./schema_engine_bg.js": glue });
  (glue as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void }).__wbg_set_wasm(
    instance.exports,
  );
  (instance.exports["__wbindgen_start"] as () => void)();
}

let ready = false;

function datamodel() {
  return { path: "schema.prisma", content: readFileSync(join(root, "prisma/schema.prisma"), "utf8") };
}

/** The adapter's own `executeScript` cuts at every semicolon, inside functions too; Postgres can tell them apart. */
class WholeScripts extends PrismaPg {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    super(pool);
    this.#pool = pool;
  }

  override async connect(): ReturnType<PrismaPg["connect"]> {
    const connection = await super.connect();
    connection.executeScript = async (script) => {
      await this.#pool.query(script);
    };
    return connection;
  }
}

/** Runs `work` on an engine connected to `url`, and leaves no connection behind. */
async function withEngine<T>(url: string, work: (engine: glue.SchemaEngine) => Promise<T>): Promise<T> {
  if (!ready) instantiate();
  ready = true;
  const pool = new Pool({ connectionString: url, max: 1 });
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScripts(pool));
  const model = datamodel();
  const engine = await glue.SchemaEngine.new(
    { datamodels: [[model.path, model.content]] },
    () => undefined,
    adapter,
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    await pool.end();
  }
}

/** The folders of prisma/migrations in order, as the engine wants them. */
function migrationsList(): glue.MigrationList {
  const names = readdirSync(migrationsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: migrationsDir,
    lockfile: {
      path: "migration_lock.toml",
      content: readFileSync(join(migrationsDir, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: readFileSync(join(migrationsDir, name, "migration.sql"), "utf8") },
      },
    })),
  };
}

/** Applies what `prisma migrate deploy` would; a second call does nothing. Returns the names applied now. */
export async function applyMigrations(url: string): Promise<string[]> {
  return withEngine(url, async (engine) => {
    const done = await engine.applyMigrations({ migrationsList: migrationsList(), filters: noFilters });
    return done.appliedMigrationNames;
  });
}

/** SQL from one schema (`null` = an empty database) to prisma/schema.prisma as it is now. */
export async function diffToSchema(url: string, from: string | null): Promise<string> {
  return withEngine(url, async (engine) => {
    const result = await engine.diff({
      from:
        from === null
          ? { tag: "empty" }
          : { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: from }] },
      to: { tag: "schemaDatamodel", files: [datamodel()] },
      script: true,
      exitCode: null,
      filters: noFilters,
    });
    return result.stdout ?? "";
  });
}
