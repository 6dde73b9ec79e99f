import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../sandbox/testing/postgres.ts";
import { applyMigrations, diffToSchema } from "./schema-engine.ts";

const shape = `
  SELECT table_name AS owner, column_name AS name, data_type || is_nullable || coalesce(column_default, '') AS what
    FROM information_schema.columns WHERE table_schema = current_schema() AND table_name <> '_prisma_migrations'
  UNION ALL
  SELECT tablename, indexname, regexp_replace(indexdef, ' ON \\w+\\.', ' ON ')
    FROM pg_indexes WHERE schemaname = current_schema() AND tablename <> '_prisma_migrations'
  ORDER BY 1, 2, 3`;

let database: { url: string; close(): Promise<void> };
let client: Client;

beforeAll(async () => {
  database = await testDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.close();
});

test("the migrations build exactly what prisma/schema.prisma says", async () => {
  const migrated = (await client.query(shape)).rows;
  const schema = `direct_${randomBytes(4).toString("hex")}`;
  await client.query(`CREATE SCHEMA ${schema}; SET search_path TO ${schema}`);
  await client.query(await diffToSchema(database.url, null));
  const direct = (await client.query(shape)).rows;
  await client.query("SET search_path TO public");
  expect(migrated.length).toBeGreaterThan(100);
  expect(migrated).toEqual(direct);
});

test("a second run has nothing to do", async () => {
  expect(await applyMigrations(database.url)).toEqual([]);
});
