/** Why a forge did not merge, for us to tell the person. */
export type MergeRefusal =
  | { kind: "conflict" }
  | { kind: "draft" }
  | { kind: "head-moved" }
  | { kind: "base-moved" }
  | { kind: "push-restricted" }
  | { kind: "method-disabled" }
  /** Not merged, and the forge does not say whether it is merged, closed or not computed yet: re-read. */
  | { kind: "not-mergeable" }
  | { kind: "blocked"; checks: string[]; reviews: string[]; sentences: string[] };

/** Rules whose sentence speaks of reviews (forge-reference §2.3, rule refusals). */
const aboutReviews = [
  /approving review/i,
  /changes have been requested/i,
  /code owner review/i,
  /require approval from/i,
  /conversation must be resolved/i,
];

const simple: [number[], RegExp, MergeRefusal][] = [
  [[405, 409], /merge conflicts?\b|merge conflict between/i, { kind: "conflict" }],
  [[405], /still a draft/i, { kind: "draft" }],
  [[405, 409], /base branch was modified/i, { kind: "base-moved" }],
  [[405, 409], /head branch (was modified|is out of date)/i, { kind: "head-moved" }],
  [[405, 403], /not authori[sz]ed to push to this branch/i, { kind: "push-restricted" }],
  [
    [405],
    /(merge commits|squash merges|rebase merges) are not allowed|can.t be rebased|must not contain merge commits/i,
    { kind: "method-disabled" },
  ],
  [[405], /is not mergeable/i, { kind: "not-mergeable" }],
];

/**
 * Reads a merge refusal by status, then by substring (GitHub rewords without notice); null for an answer that is no
 * refusal of this merge (401, 403 of an App, 404 …).
 */
export function readMergeRefusal(status: number, message: string): MergeRefusal | null {
  for (const [statuses, pattern, refusal] of simple) {
    if (statuses.includes(status) && pattern.test(message)) return refusal;
  }
  if (status === 409) return { kind: "head-moved" };
  if (status !== 405) return null;
  const sentences = sentencesOf(message);
  return {
    kind: "blocked",
    checks: [...message.matchAll(/Required status check "([^"]+)"/g)].flatMap(([, name]) => name ?? []),
    reviews: sentences.filter((sentence) => aboutReviews.some((pattern) => pattern.test(sentence))),
    sentences,
  };
}

/** Takes both wrappers apart: a ruleset's paragraphs, or classic protection's run of sentences. */
function sentencesOf(message: string): string[] {
  const body = message.replace(/^Repository rule violations found\s*/i, "");
  const parts = body.includes("\n\n") ? body.split(/\n\n+/) : body.split(/(?<=\.)\s+(?=[A-Z0-9])/);
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}
