import { buildSchema } from "graphql";

/** As much of GitHub's GraphQL schema as its REST API has no counterpart for. */
export const schema = buildSchema(`
  enum PullRequestMergeMethod { MERGE SQUASH REBASE }
  enum MergeableState { MERGEABLE CONFLICTING UNKNOWN }
  enum MergeStateStatus { BEHIND BLOCKED CLEAN DIRTY DRAFT HAS_HOOKS UNKNOWN UNSTABLE }
  scalar GitObjectID

  type User { login: String! }
  type AutoMergeRequest {
    enabledBy: User
    mergeMethod: PullRequestMergeMethod!
    commitHeadline: String
    commitBody: String
  }
  type PullRequest {
    id: ID!
    number: Int!
    headRefOid: GitObjectID!
    mergeable: MergeableState!
    mergeStateStatus: MergeStateStatus!
    isDraft: Boolean!
    autoMergeRequest: AutoMergeRequest
  }
  type Repository { id: ID!, nameWithOwner: String!, pullRequest(number: Int!): PullRequest }
  type Query { repository(owner: String!, name: String!): Repository, viewer: User! }

  input EnablePullRequestAutoMergeInput {
    pullRequestId: ID!
    mergeMethod: PullRequestMergeMethod = MERGE
    commitHeadline: String
    commitBody: String
    expectedHeadOid: GitObjectID
    authorEmail: String
    clientMutationId: String
  }
  input DisablePullRequestAutoMergeInput { pullRequestId: ID!, clientMutationId: String }
  type EnablePullRequestAutoMergePayload { actor: User, clientMutationId: String, pullRequest: PullRequest }
  type DisablePullRequestAutoMergePayload { actor: User, clientMutationId: String, pullRequest: PullRequest }
  type Mutation {
    enablePullRequestAutoMerge(input: EnablePullRequestAutoMergeInput!): EnablePullRequestAutoMergePayload
    disablePullRequestAutoMerge(input: DisablePullRequestAutoMergeInput!): DisablePullRequestAutoMergePayload
  }
`);
