/** A review as the rule sees it. */
interface Opinion {
  login: string;
  state: string;
  /** Head when it was given. */
  commitSha: string | null;
  at: string;
}

export interface ApprovalInput {
  needed: number;
  headSha: string;
  author: string;
  requestedBy: string | null;
  reviews: readonly Opinion[];
  /** Logins whose approval counts; null: not known, then every approval may. */
  approvers: ReadonlySet<string> | null;
}

export interface ApprovalState {
  needed: number;
  /** Approvals that count, and stale ones that no longer do, oldest first. */
  given: { login: string; at: string; stale: boolean }[];
  /** Approvals that never count, with the reason. */
  ignored: { login: string; reason: string }[];
  /** Who asks for changes. */
  blocking: string[];
  satisfied: boolean;
  missing: number;
  sentence: string;
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/**
 * n-of-m (decisions §1): of each person the latest opinion counts, comments are none; author and requester never
 * count; an approval of an older head is stale.
 */
export function judgeApprovals(input: ApprovalInput): ApprovalState {
  const { needed, headSha, reviews } = input;
  const latest = new Map<string, Opinion>();
  for (const review of [...reviews].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    if (review.state === "commented" || review.state === "pending") continue;
    latest.set(review.login.toLowerCase(), review);
  }
  const opinions = [...latest.values()];
  const approvals = opinions.filter(({ state }) => state === "approved");
  const ignored = approvals.flatMap(({ login }) => {
    const reason = whyNotCounted(login, input);
    return reason === null ? [] : [{ login, reason }];
  });
  const given = approvals
    .filter(({ login }) => whyNotCounted(login, input) === null)
    .map(({ login, at, commitSha }) => ({ login, at, stale: commitSha !== headSha }));
  const blocking = opinions.filter(({ state }) => state === "changes-requested").map(({ login }) => login);
  const fresh = given.filter(({ stale }) => !stale);
  const missing = Math.max(0, needed - fresh.length);
  const satisfied = missing === 0 && blocking.length === 0;
  const names = fresh.map(({ login }) => login);
  return {
    needed,
    given,
    ignored,
    blocking,
    satisfied,
    missing,
    sentence: sentence(needed, names, blocking, missing),
  };
}

function whyNotCounted(login: string, { author, requestedBy, approvers }: ApprovalInput): string | null {
  if (same(login, author)) return `${login} opened it`;
  if (requestedBy !== null && same(login, requestedBy)) return `${login} asked for it`;
  if (approvers !== null && ![...approvers].some((approver) => same(approver, login)))
    return `${login} is not an approver`;
  return null;
}

function sentence(needed: number, names: string[], blocking: string[], missing: number): string {
  if (blocking.length > 0) return `${blocking.join(" and ")} asked for changes`;
  const by = names.length === 0 ? "" : `approved by ${names.join(" and ")}`;
  if (missing === 0) return by === "" ? "needs no approval" : by;
  const waits = `waits for ${String(missing)} approver${missing === 1 ? "" : "s"}`;
  return by === "" ? waits : `${by}, ${waits.replace("waits for", "waits for")} more of ${String(needed)}`;
}
