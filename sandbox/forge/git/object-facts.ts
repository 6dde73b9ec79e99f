import { countCommits, isAncestor, mergeBase } from "./commits.ts";
import { changedPaths, diffFiles } from "./diff.ts";

const remembered = 500;

/**
 * What git says about pairs of commits, asked once: objects never change, so neither do the answers. Takes full SHAs
 * only, never names. A page that is polled then costs no process.
 */
export class ObjectFacts {
  readonly mergeBase;
  readonly isAncestor;
  readonly countBetween;
  readonly diffFiles;
  readonly changedPaths;

  constructor(gitDir: string) {
    this.mergeBase = memoize((a: string, b: string) => mergeBase(gitDir, a, b));
    this.isAncestor = memoize((a: string, b: string) => isAncestor(gitDir, a, b));
    this.countBetween = memoize((from: string, to: string) => countCommits(gitDir, `${from}..${to}`));
    this.diffFiles = memoize((from: string, to: string) => diffFiles(gitDir, from, to));
    this.changedPaths = memoize((from: string, to: string) => changedPaths(gitDir, from, to));
  }
}

/** Remembers the latest answers by arguments; a failure is not remembered. */
export function memoize<Arguments extends string[], Result>(
  ask: (...args: Arguments) => Promise<Result>,
): (...args: Arguments) => Promise<Result> {
  const answers = new Map<string, Promise<Result>>();
  return (...args) => {
    const key = args.join(" ");
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = ask(...args);
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
    const [oldest] = answers.keys();
    if (answers.size > remembered && oldest !== undefined) answers.delete(oldest);
    return answer;
  };
}
