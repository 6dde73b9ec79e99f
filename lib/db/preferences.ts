import type { Db } from "./client.ts";

/** What a person has chosen for himself, unparsed; null where he never chose. */
export async function findPreference(db: Db, userId: string, key: string): Promise<unknown> {
  const row = await db.preference.findUnique({ where: { userId_key: { userId, key } } });
  return row?.value ?? null;
}

export async function setPreference(db: Db, userId: string, key: string, value: string[]): Promise<void> {
  await db.preference.upsert({
    where: { userId_key: { userId, key } },
    create: { userId, key, value },
    update: { value },
  });
}
