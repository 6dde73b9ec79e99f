const censor = "[redacted]";
const deepest = 8;

/** Names of fields whose values are secrets, whatever they look like. */
const secretName =
  /token|secret|passw|authorization|cookie|private.?key|kubeconfig|client-key|credential|connection.?string|database.?url/i;

/** What a secret looks like inside a text: forge tokens, JWTs, PEM keys, bearer headers, passwords in URLs. */
const secretText: [RegExp, string][] = [
  [/\bgh[opsur]_[A-Za-z0-9_]{16,}|\bgithub_pat_\w{20,}/g, censor],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, censor],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, censor],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${censor}`],
  [/(\/\/[^\s/:@]*:)[^\s/@]+@/g, `$1${censor}@`],
  [/(client-key-data|token):\s*[\w.+/=-]{16,}/gi, `$1: ${censor}`],
];

/** A text without what looks like a secret. */
export function scrubText(text: string): string {
  return secretText.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);
}

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
