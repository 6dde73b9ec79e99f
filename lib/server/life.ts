interface Life {
  /** The process was told to end: whoever balances load should send nothing any more. */
  stopping: boolean;
  /** It has once had a fleet to show that is of now. */
  wasReady: boolean;
}

const holder = globalThis as typeof globalThis & { fleetwrightLife?: Life };

/** Where this process stands between start and end; pages and engine are bundled apart, so it is on `globalThis`. */
export function life(): Life {
  holder.fleetwrightLife ??= { stopping: false, wasReady: false };
  return holder.fleetwrightLife;
}
