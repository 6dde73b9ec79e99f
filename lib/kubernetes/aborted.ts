/** Asks anew each time; the compiler takes a signal that was not aborted a line ago for one that never is. */
export function aborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
