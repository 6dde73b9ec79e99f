import { censor, scrubText } from "../domain/scrub-text.ts";

const deepest = 8;

/** Names of fields whose values are secrets, whatever they look like. */
const secretName =
  /token|secret|passw|authorization|cookie|private.?key|kubeconfig|client-key|credential|connection.?string|database.?url/i;

/** A copy without secrets. Errors keep type, message and stack; what lies too deep or in a circle is cut. */
export function scrub(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return scrubText(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > deepest) return "[deep]";
  if (Array.isArray(value)) return value.map((item) => scrub(item, depth + 1));
  if (value instanceof Error) return value;
  if (value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      secretName.test(name) && item !== null && item !== undefined ? censor : scrub(item, depth + 1),
    ]),
  );
}
