interface Kept {
  until: number;
  value: Promise<unknown>;
}

const kept = new WeakMap<object, Map<string, Kept>>();
const most = 500;

/**
 * Answers the same question once: whoever asks while the answer is under way, or within `ms` after it was asked,
 * shares it; `isLasting` says which answers are kept beyond their arrival. Kept with its owner (a forge, a mirror) and
 * gone with it; failures are not kept. The key says the kind of question too, so that one key has one type.
 */
export function remembered<T>(
  owner: object,
  key: string,
  ms: number,
  ask: () => Promise<T>,
  isLasting: (value: T) => boolean = () => true,
): Promise<T> {
  const known = kept.get(owner) ?? new Map<string, Kept>();
  kept.set(owner, known);
  const entry = known.get(key);
  if (entry && Date.now() < entry.until) return entry.value as Promise<T>;
  const value = ask();
  if (known.size >= most) known.clear();
  known.set(key, { until: Date.now() + ms, value });
  const forget = (): void => {
    if (known.get(key)?.value === value) known.delete(key);
  };
  value.then((found) => {
    if (!isLasting(found)) forget();
  }, forget);
  return value;
}
