import { createHash } from "node:crypto";

/** The row with the hash of everything else in it; equal hashes mean that nothing needs writing. */
export function withHash<Row extends { hash: string }>(row: Row): Row {
  const { hash: _old, ...rest } = row;
  return { ...row, hash: createHash("sha1").update(JSON.stringify(rest)).digest("hex") };
}
