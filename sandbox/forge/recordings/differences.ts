const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const kindOf = (value: unknown): string => {
  if (value === undefined) return "absent";
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
};

/**
 * Where an answer has another shape than the recorded one: a field that is absent, of another type, or null.
 * Recordings are trimmed, so what they lack says nothing, nor does the order of their fields; values differ from one
 * forge to another, as does the length of a list, of which the first entries are compared.
 */
export function differences(recorded: unknown, answered: unknown, at = ""): string[] {
  const [wanted, given] = [kindOf(recorded), kindOf(answered)];
  if (wanted !== given) return [`${at}: ${given} for ${wanted}`];
  if (Array.isArray(recorded) && Array.isArray(answered)) {
    if (recorded.length === 0) return [];
    if (answered.length === 0) return [`${at}: empty`];
    return differences(recorded[0], answered[0], `${at}[]`);
  }
  if (!isObject(recorded) || !isObject(answered)) return [];
  return Object.entries(recorded).flatMap(([name, value]) =>
    differences(value, answered[name], at === "" ? name : `${at}.${name}`),
  );
}
