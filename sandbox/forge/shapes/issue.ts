import type { Comment, Label, Review, Pull } from "../state/state.ts";
import type { World } from "../world.ts";
import { pullPage } from "./pull-page.ts";
import { repositoryUrl } from "./repository.ts";
import type { Json } from "./user.ts";
import { nodeId, userShape } from "./user.ts";

/** GitHub's `label`. */
export function labelShape(world: World, label: Label): Json {
  return {
    id: label.id,
    node_id: nodeId("LA", label.id),
    url: `${repositoryUrl(world)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    description: label.description,
    default: false,
  };
}

/** GitHub's `issue-comment`. */
export function commentShape(world: World, comment: Comment): Json {
  const url = repositoryUrl(world);
  return {
    id: comment.id,
    node_id: nodeId("IC", comment.id),
    url: `${url}/issues/comments/${String(comment.id)}`,
    html_url: `${pullPage(world, comment.number)}#issuecomment-${String(comment.id)}`,
    issue_url: `${url}/issues/${String(comment.number)}`,
    user: userShape(world, comment.login),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: "MEMBER",
    performed_via_github_app: null,
  };
}

/** GitHub's `pull-request-review`. A pending one has no `submitted_at`. */
export function reviewShape(world: World, pull: Pull, review: Review): Json {
  const html = `${pullPage(world, pull.number)}#pullrequestreview-${String(review.id)}`;
  const pullUrl = `${repositoryUrl(world)}/pulls/${String(pull.number)}`;
  return {
    id: review.id,
    node_id: nodeId("PRR", review.id),
    user: userShape(world, review.login),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: pullUrl,
    author_association: "MEMBER",
    _links: { html: { href: html }, pull_request: { href: pullUrl } },
    ...(review.submittedAt === null ? {} : { submitted_at: review.submittedAt }),
    commit_id: review.commit,
  };
}
