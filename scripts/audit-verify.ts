/**
 * `npm run audit:verify [-- HEAD]` recomputes the hash chain of the audit trail in DATABASE_URL. Ends with 1 where it
 * does not hold. Note the head it prints outside of the database and hand it to the next run: only so is it noticed
 * when rows are cut off at the end or the trail is written anew.
 */
import { verifyAudit } from "../lib/db/audit-verify.ts";
import { openDb } from "../lib/db/client.ts";

const url = process.env["DATABASE_URL"];
if (!url) {
  console.error("DATABASE_URL is not set: name the database whose audit trail to verify");
  process.exit(2);
}
const db = openDb(url, { max: 1 });
try {
  const { breaks, rows, head } = await verifyAudit(db, process.argv[2] ?? null);
  for (const one of breaks) console.error(one);
  console.log(`${String(rows)} rows, ${breaks.length === 0 ? "the chain is whole" : "the chain is broken"}`);
  console.log(`head ${head}`);
  process.exitCode = breaks.length === 0 ? 0 : 1;
} finally {
  await db.$disconnect();
}
