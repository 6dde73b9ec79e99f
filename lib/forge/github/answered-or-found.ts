import { ForgeError } from "../forge.ts";

/**
 * A write that must not happen twice. When its answer is lost (no answer, or the forge in trouble), looks whether it
 * took place: found, that is the answer; not found, it is sent once more, and never a third time. When the looking
 * fails too, the first failure is thrown, and the caller looks again before he writes again.
 */
export async function answeredOrFound<T>(write: () => Promise<T>, find: () => Promise<T | null>): Promise<T> {
  try {
    return await write();
  } catch (lost) {
    if (!isLost(lost)) throw lost;
    const found = await look(find, lost);
    if (found !== null) return found;
  }
  try {
    return await write();
  } catch (again) {
    // "Exists already" and "is merged already" mean that the first one arrived after we looked.
    const found = await look(find, again);
    if (found !== null) return found;
    throw again;
  }
}

const isLost = (error: unknown): boolean => error instanceof ForgeError && error.code === "unavailable";

async function look<T>(find: () => Promise<T | null>, failure: unknown): Promise<T | null> {
  try {
    return await find();
  } catch {
    throw failure;
  }
}
