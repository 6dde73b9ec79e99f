import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client.ts";

/** The database handle; Prisma's types stop at lib/db. */
export type Db = PrismaClient;

/** Opens a pooled client; `max` connections per process. Call `$disconnect()` when done. */
export function openDb(url: string, { max = 10 }: { max?: number } = {}): Db {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max }) });
}
