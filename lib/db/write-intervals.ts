import type { IntervalData } from "./inventory-rows.ts";
import type { Transaction } from "./upsert.ts";

/** Ends what is open and begins what is new; two changes within one millisecond leave the later one. */
export async function writeIntervals(
  tx: Transaction,
  ended: readonly { clusterId: string; axis: string; at: string }[],
  begun: readonly IntervalData[],
): Promise<void> {
  if (ended.length > 0) {
    await tx.$executeRaw`
      UPDATE "ClusterInterval" SET "to" = ended.at
      FROM jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) AS ended("clusterId" uuid, axis text, at timestamptz)
      WHERE "ClusterInterval"."clusterId" = ended."clusterId" AND "ClusterInterval".axis = ended.axis
        AND "ClusterInterval"."to" IS NULL`;
  }
  if (begun.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO "ClusterInterval" (id, "clusterId", uid, axis, value, tone, detail, "from")
    SELECT gen_random_uuid(), begun.* FROM jsonb_to_recordset(${JSON.stringify(begun)}::jsonb)
      AS begun("clusterId" uuid, uid text, axis text, value text, tone text, detail text, "from" timestamptz)
    ON CONFLICT ("clusterId", axis, "from") DO UPDATE
      SET uid = EXCLUDED.uid, value = EXCLUDED.value, tone = EXCLUDED.tone, detail = EXCLUDED.detail, "to" = NULL`;
}
