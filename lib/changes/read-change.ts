import { appendAudit } from "../db/audit.ts";
import {
  findChangeRecord,
  saveChange,
  type ChangeData,
  type ChangeRecord,
  type ChangeReviewData,
} from "../db/changes.ts";
import { intentsOf } from "../db/intents.ts";
import { parseBody } from "../domain/change/body.ts";
import type { FileChange, PullRequestDetail, Review } from "../forge/forge.ts";
import type { Mirror } from "../git/mirror.ts";
import { auditOfChange } from "./audit-of-change.ts";
import type { ChangeWorld } from "./change-world.ts";
import { kindOfChange } from "./kind-of-change.ts";
import { teamsOfClusters, touchedClusters, type TouchedCluster } from "./touched-clusters.ts";

/** Reads one pull request from the forge into the database; null where there is none of this number. */
export async function readChange(world: ChangeWorld, number: number): Promise<ChangeRecord | null> {
  const { db, asApp, repository } = world;
  const pull = await asApp.findPullRequest(number);
  if (!pull) return null;
  const [files, reviews] = await Promise.all([asApp.files(number), asApp.reviews(number)]);
  const clusters = await clustersOf(world.mirror, pull, files);
  const intent = (await intentsOf(db, repository.id, [number])).get(number);
  const data = dataOf(pull, clusters, { repositoryId: repository.id, asked: intent?.login ?? null });
  const parts = {
    files: files.map(fileOf),
    reviews: reviews.filter(({ state }) => state !== "pending").map(reviewRowOf),
  };
  await saveChange(db, data, parts, world.now());
  await appendAudit(db, auditOfChange(data, parts.reviews));
  return findChangeRecord(db, repository.id, number);
}

/** Facts at the merge base would miss what main did since: base is the branch as it is now, or before the merge. */
async function clustersOf(
  mirror: Mirror,
  pull: PullRequestDetail,
  files: FileChange[],
): Promise<TouchedCluster[]> {
  const paths = files.flatMap(({ path, previousPath }) =>
    previousPath === null ? [path] : [path, previousPath],
  );
  if (!(await mirror.has(pull.headSha))) await mirror.fetch();
  if (!(await mirror.has(pull.headSha))) return [];
  const tip = pull.state === "open" ? await mirror.branch(pull.baseRef) : null;
  const base = tip ?? ((await mirror.has(pull.baseSha)) ? pull.baseSha : null);
  return base === null ? [] : touchedClusters(mirror, { paths, base, head: pull.headSha });
}

function dataOf(
  pull: PullRequestDetail,
  clusters: TouchedCluster[],
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
    meta,
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
