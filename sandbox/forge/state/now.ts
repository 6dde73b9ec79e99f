/** The present as GitHub writes times: ISO 8601 in UTC without fractions of a second. */
export function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}
