import type { CheckConclusion, CheckInput, CheckRun, Forge } from "../forge.ts";
import { answeredOrFound } from "./answered-or-found.ts";
import { calling, type GitHubScope } from "./scope.ts";
import { checkRunOf, statusOf } from "./translate.ts";

type CheckCalls = Pick<Forge, "checks" | "writeCheck">;

/** Check runs and commit statuses: two systems, read as one; only an App may write the former. */
export function checkCalls(scope: GitHubScope): CheckCalls {
  const { client, owner, repo } = scope;
  const here = { owner, repo };

  const runs = async (sha: string): Promise<CheckRun[]> => {
    const found = await client.paginate(client.checks.listForRef, {
      ...here,
      ref: sha,
      filter: "latest",
      per_page: 100,
    });
    return found.map(checkRunOf);
  };

  return {
    checks: (sha) =>
      calling(async () => {
        const { data } = await client.repos.getCombinedStatusForRef({ ...here, ref: sha, per_page: 100 });
        return [...(await runs(sha)), ...data.statuses.map((status) => statusOf(status, sha))];
      }),
    writeCheck: (check) =>
      calling(async () => {
        if (scope.appId === null) {
          const status = { ...here, sha: check.headSha, ...statusInput(check) };
          // The latest status of a context counts, so a second one after a lost answer does no harm.
          await answeredOrFound(
            () => calling(() => client.repos.createCommitStatus(status)),
            () => Promise.resolve(null),
          );
          return;
        }
        // A finished run cannot wait again: a new one of the same name takes its place.
        const reopens = check.existing?.status === "completed" && check.conclusion === null;
        if (check.existing && !reopens)
          await client.checks.update({ ...here, check_run_id: check.existing.id, ...runInput(check) });
        else await createRun(scope, check);
      }),
  };
}

/** A new run; after a lost answer it is known by what we left in it. */
async function createRun({ client, owner, repo, appId }: GitHubScope, check: CheckInput): Promise<void> {
  const here = { owner, repo };
  await answeredOrFound(
    () =>
      calling(async () => {
        const run = { ...here, head_sha: check.headSha, ...runInput(check) };
        return (await client.checks.create(run)).data.id;
      }),
    () =>
      calling(async () => {
        const found = await client.checks.listForRef({ ...here, ref: check.headSha, check_name: check.name });
        const same = found.data.check_runs.find(
          (run) =>
            run.app?.id === appId &&
            run.external_id === check.externalId &&
            run.conclusion === check.conclusion,
        );
        return same?.id ?? null;
      }),
  );
}

/** GitHub's limit for an output's text and summary. */
const maxOutput = 65_000;

function runInput(check: CheckInput) {
  return {
    name: check.name,
    ...(check.conclusion === null
      ? { status: "in_progress" as const }
      : { status: "completed" as const, conclusion: check.conclusion }),
    external_id: check.externalId,
    ...(check.detailsUrl === null ? {} : { details_url: check.detailsUrl }),
    output: {
      title: check.title,
      summary: check.summary.slice(0, maxOutput),
      ...(check.text === "" ? {} : { text: check.text.slice(0, maxOutput) }),
    },
  };
}

const states: Partial<Record<CheckConclusion, "success">> = {
  success: "success",
  neutral: "success",
  skipped: "success",
};

function statusInput(check: CheckInput) {
  return {
    context: check.name,
    state:
      check.conclusion === null ? ("pending" as const) : (states[check.conclusion] ?? ("failure" as const)),
    description: check.title.slice(0, 140),
    ...(check.detailsUrl === null ? {} : { target_url: check.detailsUrl }),
  };
}
