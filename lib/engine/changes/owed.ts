import type { Mirror } from "../../git/mirror.ts";

/** The first try again after so long, then twice as long each time. */
const firstMs = 10_000;
const longestMs = 300_000;

/** What passes over one repository heard of and have not finished; a new process looks at everything anyway. */
export interface Owed {
  /** The forge told of news that are not taken in. */
  news: boolean;
  /** Pull requests to read whatever their date says. */
  readonly reads: Set<number>;
  /** What the open changes were last checked against. */
  ground: string | null;
  /** A change whose checks could not be written, or wait for our own work. */
  oweChecks(number: number, now: Date): void;
  checked(number: number): void;
  dueChecks(now: Date): ReadonlySet<number>;
  /** Forgets those that are not open any more. */
  keepChecksOf(open: readonly { number: number }[]): void;
}

const books = new WeakMap<Mirror, Owed>();

/** The book of a repository: one per mirror. */
export function owedOf(mirror: Mirror): Owed {
  const owed = books.get(mirror) ?? newBook();
  books.set(mirror, owed);
  return owed;
}

function newBook(): Owed {
  const checks = new Map<number, { tries: number; due: number }>();
  return {
    news: false,
    reads: new Set(),
    ground: null,
    oweChecks: (number, now) => {
      const tries = checks.get(number)?.tries ?? 0;
      checks.set(number, {
        tries: tries + 1,
        due: now.getTime() + Math.min(firstMs * 2 ** tries, longestMs),
      });
    },
    checked: (number) => void checks.delete(number),
    dueChecks: (now) => {
      const due = [...checks].filter(([, entry]) => entry.due <= now.getTime());
      return new Set(due.map(([number]) => number));
    },
    keepChecksOf: (open) => {
      const numbers = new Set(open.map(({ number }) => number));
      for (const number of checks.keys()) if (!numbers.has(number)) checks.delete(number);
    },
  };
}
