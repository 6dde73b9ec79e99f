import { ForgeError, type Forge } from "../forge.ts";

/**
 * A forge as the portal itself: a refusal of its credentials or rights is told as that. Whoever reads it cannot mend
 * it by signing in, and lacks no right himself. `onTrouble` hears of what is wrong with the forge as a whole.
 */
export function inOwnName(forge: Forge, onTrouble: (error: ForgeError) => void = () => undefined): Forge {
  const told = toldTo(onTrouble);
  return new Proxy(forge, {
    get(target, key, receiver) {
      const member: unknown = Reflect.get(target, key, receiver);
      if (typeof member !== "function") return member;
      return (...args: unknown[]): unknown => told(Reflect.apply(member, target, args));
    },
  });
}

const ofTheWhole: ReadonlySet<string> = new Set(["unavailable", "rate-limited"]);

/** Calls answer by a promise, lists page by page. */
const toldTo = (onTrouble: (error: ForgeError) => void) => {
  const own = (error: unknown): unknown => {
    const told = ownErrorOf(error);
    if (told instanceof ForgeError && ofTheWhole.has(told.code)) onTrouble(told);
    return told;
  };
  return (answer: unknown): unknown => {
    if (answer instanceof Promise)
      return answer.catch((error: unknown) => {
        throw own(error);
      });
    return isPaged(answer) ? pages(answer, own) : answer;
  };
};

const isPaged = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;

async function* pages(answer: AsyncIterable<unknown>, own: (error: unknown) => unknown): AsyncGenerator {
  try {
    yield* answer;
  } catch (error) {
    throw own(error);
  }
}

function ownErrorOf(error: unknown): unknown {
  if (!(error instanceof ForgeError)) return error;
  const sentence = sentenceOf(error);
  if (sentence === null) return error;
  const { status, details, retryAfterSeconds } = error;
  // To whoever waits, it is the portal that cannot: his own sign-in is good.
  const code = error.code === "unauthenticated" ? "unavailable" : error.code;
  return new ForgeError(code, sentence, { status, details, retryAfterSeconds, cause: error });
}

function sentenceOf(error: ForgeError): string | null {
  if (error.code === "unauthenticated")
    return "The forge does not accept Fleetwright's own credentials (401); a platform engineer must look at its App.";
  if (error.cureUrl !== null)
    return "Your organisation's single sign-on keeps Fleetwright itself out; a platform engineer must look at its App.";
  if (error.missingScope !== null)
    return `Fleetwright's own token lacks the scope ${error.missingScope} on the forge. A platform engineer must grant it.`;
  if (!error.says("not accessible by integration")) return null;
  return `Fleetwright's App lacks a permission on the forge${callOf(error)}. A platform engineer must grant it.`;
}

/** Which right it is, as far as the forge says: the call it was refused. */
function callOf({ cause }: ForgeError): string {
  if (typeof cause !== "object" || cause === null || !("request" in cause)) return "";
  const { request } = cause;
  if (typeof request !== "object" || request === null || !("url" in request)) return "";
  const path = /\/repos\/[^/]+\/[^/]+\/([a-z-]+)/.exec(String(request.url))?.[1];
  const right = path === undefined ? undefined : rights[path];
  return right === undefined ? "" : `: ${right}`;
}

/** Area of the API → permission of the App (forge-reference §7, docs of GitHub's REST). */
const rights: Record<string, string> = {
  pulls: "Pull requests",
  issues: "Issues",
  "check-runs": "Checks",
  commits: "Checks",
  git: "Contents",
  branches: "Administration (read)",
  rules: "Metadata",
};
