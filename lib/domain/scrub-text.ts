/** What stands where a secret was. */
export const censor = "[redacted]";

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
