/** Prisma's codes for a server that is not reached, refuses, or went away in the middle (its error reference). */
const codes: ReadonlySet<string> = new Set([
  "P1001",
  "P1002",
  "P1008",
  "P1011",
  "P1017",
  "P2024",
  "P2028",
  "P2037",
]);

/** What the driver says where Prisma passes it on as it is. */
const words =
  /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|Connection terminated|not reachable|connection (?:was )?closed/i;

/** Whether an error says that Postgres is away, not that we asked for something wrong. */
export function isDatabaseGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (codes.has(code) || words.test(code)) return true;
  const isDatabases =
    error.name.startsWith("PrismaClient") ||
    error.name === "DriverAdapterError" ||
    // The driver's own words come through unchanged.
    error.message.startsWith("Connection terminated");
  return (isDatabases && words.test(error.message)) || isDatabaseGone(error.cause);
}
