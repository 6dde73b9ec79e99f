import { appendAudit } from "../db/audit.ts";
import {
  databaseNow,
  findChangeRecord,
  saveChange,
  type ChangeData,
  type ChangeRecord,
  type ChangeReviewData,
} from "../db/changes.ts";
import { intentsOf } from "../db/intents.ts";
import { parseBody } from "../domain/change/body.ts";
import { describeFile } from "../domain/repository/describe-files.ts";
import type { FileChange, PullRequestDetail, Review } from "../forge/forge.ts";
import type { Mirror } from "../git/mirror.ts";
import { auditOfChange } from "./audit-of-change.ts";
import type { ChangeWorld } from "./change-world.ts";
import { kindOfChange } from "./kind-of-change.ts";
import { teamsOfClusters, touchedClusters, type TouchedCluster } from "./touched-clusters.ts";

/** Reads one pull request from the forge into the database; null where there is none of this number. */
export async function readChange(world: ChangeWorld, number: number): Promise<ChangeRecord | null> {
  const { db, asApp, repository } = world;
  const readAt = await databaseNow(db);
  const pull = await asApp.findPullRequest(number);
  if (!pull) return null;
  const [files, reviews] = await Promise.all([asApp.files(number), asApp.reviews(number)]);
  const content = await contentOf(world.mirror, pull, files);
  const intent = (await intentsOf(db, repository.id, [number])).get(number);
  const data = dataOf(pull, content, { repositoryId: repository.id, asked: intent?.login ?? null });
  const parts = {
    files: files.map(fileOf),
    reviews: reviews.filter(({ state }) => state !== "pending").map(reviewRowOf),
  };
  await saveChange(db, data, parts, readAt);
  await appendAudit(db, auditOfChange(data, parts.reviews));
  return findChangeRecord(db, repository.id, number);
}

/** What a pull request is compared with: the branch as it is now, or as it was just before the merge. */
async function baseOf(mirror: Mirror, pull: PullRequestDetail): Promise<string | null> {
  for (const sha of [pull.headSha, pull.mergeCommit]) {
    if (sha !== null && !(await mirror.has(sha))) {
      await mirror.fetch();
      break;
    }
  }
  if (!(await mirror.has(pull.headSha))) return null;
  if (pull.state === "open") return mirror.branch(pull.baseRef);
  const before = pull.mergeCommit === null ? pull.baseSha : `${pull.mergeCommit}^1`;
  return (await mirror.has(before)) ? before : null;
}

/** Teams, kind and notes of a change, from both sides' files. */
async function contentOf(
  mirror: Mirror,
  pull: PullRequestDetail,
  files: FileChange[],
): Promise<ChangeContent> {
  const base = await baseOf(mirror, pull);
  if (base === null) return { clusters: [], notes: {} };
  const head = pull.headSha;
  const paths = files.flatMap(({ path, previousPath }) =>
    previousPath === null ? [path] : [path, previousPath],
  );
  const clusters = await touchedClusters(mirror, { paths, base, head });
  const few = paths.slice(0, 300);
  const [before, after] =
    few.length === 0
      ? [new Map<string, string>(), new Map<string, string>()]
      : await Promise.all([mirror.readFiles(base, few), mirror.readFiles(head, few)]);
  const notes = few.flatMap((path) => {
    const note = describeFile({ path, base: before.get(path) ?? null, head: after.get(path) ?? null });
    return note === null ? [] : [[path, note] as const];
  });
  return { clusters, notes: Object.fromEntries(notes) };
}

interface ChangeContent {
  clusters: TouchedCluster[];
  /** Path → what the file's change means. */
  notes: Record<string, string>;
}

function dataOf(
  pull: PullRequestDetail,
  { clusters, notes }: ChangeContent,
  more: { repositoryId: string; asked: string | null },
): ChangeData {
  const { meta, requestedBy } = parseBody(pull.body);
  return {
    repositoryId: more.repositoryId,
    number: pull.number,
    title: pull.title,
    body: pull.body,
    state: pull.state,
    draft: pull.draft,
    kind: kindOfChange(clusters),
    author: pull.author,
    requestedBy: more.asked ?? requestedBy,
    url: pull.url,
    headRef: pull.headRef,
    headSha: pull.headSha,
    baseRef: pull.baseRef,
    baseSha: pull.baseSha,
    mergeable: pull.mergeable,
    mergeableState: pull.mergeableState,
    mergeCommit: pull.mergeCommit,
    mergedBy: pull.mergedBy,
    openedAt: new Date(pull.openedAt),
    updatedAt: new Date(pull.updatedAt),
    closedAt: pull.closedAt === null ? null : new Date(pull.closedAt),
    mergedAt: pull.mergedAt === null ? null : new Date(pull.mergedAt),
    additions: pull.additions,
    deletions: pull.deletions,
    clusters: clusters.map(({ name }) => name),
    teams: teamsOfClusters(clusters),
    meta: { ...meta, notes },
  };
}

const fileOf = ({ path, status, additions, deletions, patch }: FileChange) => ({
  path,
  status,
  additions,
  deletions,
  patch,
});

const reviewRowOf = (review: Review): ChangeReviewData => ({
  forgeId: BigInt(review.id),
  login: review.login,
  state: review.state,
  commitSha: review.commitSha,
  body: review.body,
  submittedAt: new Date(review.submittedAt),
});
