/** Lists of sentences are stored as JSON; anything else in them is left out. */
export function texts(value: unknown): string[] {
  return Array.isArray(value)
    ? value.flatMap((one) => (typeof one === "string" ? [one] : (sentence(one) ?? [])))
    : [];
}

function sentence(value: unknown): string | null {
  if (typeof value !== "object" || value === null || !("message" in value)) return null;
  return typeof value.message === "string" ? value.message : null;
}
