import { createHash } from "node:crypto";

/** The row with the hash of everything else in it; equal hashes mean that nothing needs writing. */
export function withHash<Row extends { hash: string }>(row: Row): Row {
  const rest = JSON.stringify({ ...row, hash: "" });
  return { ...row, hash: createHash("sha1").update(rest).digest("hex") };
}
