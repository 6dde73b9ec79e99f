import { ForgeError, type Forge } from "../forge.ts";
import { answeredOrFound } from "./answered-or-found.ts";
import { askGraphql } from "./ask-graphql.ts";
import { viewerOf } from "./people-calls.ts";
import { calling, type GitHubScope } from "./scope.ts";

type AutoMergeCalls = Pick<Forge, "armAutoMerge" | "disarmAutoMerge">;

const arm = `mutation($input: EnablePullRequestAutoMergeInput!) {
  enablePullRequestAutoMerge(input: $input) { pullRequest { id } }
}`;
const disarm = `mutation($input: DisablePullRequestAutoMergeInput!) {
  disablePullRequestAutoMerge(input: $input) { pullRequest { id } }
}`;

/** Merging once everything is green, which GitHub offers by GraphQL only (forge-reference §3). */
export function autoMergeCalls(scope: GitHubScope): AutoMergeCalls {
  const { client, owner, repo } = scope;
  const read = async (number: number) =>
    (await calling(() => client.pulls.get({ owner, repo, pull_number: number }))).data;

  return {
    armAutoMerge: async (number, { headSha, method, title, message }) => {
      const { node_id: pullRequestId } = await read(number);
      const input = {
        pullRequestId,
        expectedHeadOid: headSha,
        mergeMethod: method.toUpperCase(),
        commitHeadline: title,
        commitBody: message,
      };
      try {
        await answeredOrFound(
          () => askGraphql(client, arm, { input }),
          async () => {
            const [pull, { login }] = [await read(number), await viewerOf(scope)];
            return pull.auto_merge?.enabled_by.login === login && pull.head.sha === headSha ? true : null;
          },
        );
        return { armed: true };
      } catch (error) {
        if (!(error instanceof ForgeError) || error.code !== "invalid") throw error;
        return { armed: false, reason: reasonOf(error), sentence: error.details.join(" ") };
      }
    },
    disarmAutoMerge: async (number) => {
      const pull = await read(number);
      if (pull.auto_merge === null) return false;
      await answeredOrFound(
        () => askGraphql(client, disarm, { input: { pullRequestId: pull.node_id } }),
        async () => ((await read(number)).auto_merge === null ? true : null),
      );
      return true;
    },
  };
}

function reasonOf(error: ForgeError): "could-merge-now" | "not-allowed" | "refused" {
  if (error.says("in clean status") || error.says("in unstable status")) return "could-merge-now";
  return error.says("auto merge is not allowed") ? "not-allowed" : "refused";
}
