/**
 * Remembers answers about objects named by their hash: they never change. Only full hashes are trusted as names, and
 * failures are not kept; the oldest answer goes when there are too many.
 */
export function memo<Args extends readonly unknown[], T>(
  most: number,
  keyOf: (...args: Args) => string | null,
  ask: (...args: Args) => Promise<T>,
): (...args: Args) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return (...args) => {
    const key = keyOf(...args);
    if (key === null) return ask(...args);
    const known = kept.get(key);
    if (known) return known;
    const answer = ask(...args);
    kept.set(key, answer);
    answer.catch(() => kept.delete(key));
    const oldest = kept.size > most ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    return answer;
  };
}

/** Whether every name is a full object hash, so that what it names cannot change. */
export const isHash = (...names: string[]): boolean =>
  names.every((name) => /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(name));
