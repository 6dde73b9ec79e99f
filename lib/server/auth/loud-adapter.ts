import type { Adapter } from "next-auth/adapters";

/**
 * An adapter that remembers why a session could not be looked up: next-auth swallows that and answers "no session",
 * which would sign everybody out whenever the database is away.
 */
export function loudAdapter(adapter: Adapter): { adapter: Adapter; failure: () => unknown } {
  let failure: unknown;
  const remembering = async <T>(work: () => T | PromiseLike<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      failure = error;
      throw error;
    }
  };
  return {
    adapter: {
      ...adapter,
      getSessionAndUser: (token) => remembering(() => adapter.getSessionAndUser?.(token) ?? null),
      updateSession: (session) => remembering(() => adapter.updateSession?.(session) ?? null),
    },
    failure: () => failure,
  };
}
