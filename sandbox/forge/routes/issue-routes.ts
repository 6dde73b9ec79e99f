import { ApiError, notFound, validationFailed } from "../http/api-error.ts";
import { surroundings } from "../events/emit.ts";
import { paginate } from "../http/paginate.ts";
import { param } from "../http/route.ts";
import type { Answer, Call, Route } from "../http/route.ts";
import { commentShape, labelShape } from "../shapes/issue.ts";
import { now } from "../state/now.ts";
import type { Comment, Label, Pull } from "../state/state.ts";
import { pullOf } from "./pull-routes.ts";

const read = [
  ["issues", "read"],
  ["pull_requests", "read"],
] as const;
const write = [
  ["issues", "write"],
  ["pull_requests", "write"],
] as const;
const pull = { repository: "pull" } as const;
const triage = { repository: "triage" } as const;

/** The issue side of a pull request: comments and labels. */
export const issueRoutes: readonly Route[] = [
  { method: "GET", path: "/issues/:number/comments", access: pull, app: read, handle: listComments },
  { method: "POST", path: "/issues/:number/comments", access: pull, app: write, handle: createComment },
  { method: "GET", path: "/issues/comments/:comment", access: pull, app: read, handle: getComment },
  { method: "PATCH", path: "/issues/comments/:comment", access: pull, app: write, handle: editComment },
  { method: "DELETE", path: "/issues/comments/:comment", access: pull, app: write, handle: deleteComment },
  {
    method: "GET",
    path: "/issues/:number/labels",
    access: pull,
    app: read,
    handle: (call) => ({ body: labelsOf(call, pullOf(call)) }),
  },
  { method: "POST", path: "/issues/:number/labels", access: triage, app: write, handle: addLabels },
  { method: "DELETE", path: "/issues/:number/labels/:name", access: triage, app: write, handle: removeLabel },
  {
    method: "GET",
    path: "/labels",
    access: pull,
    app: read,
    handle: (call) => paginate(call, call.world.store.state.labels, (label) => labelShape(call.world, label)),
  },
  {
    method: "GET",
    path: "/labels/:name",
    access: pull,
    app: read,
    handle: (call) => {
      const label = call.world.store.state.labels.find((one) => one.name === param(call, "name"));
      if (label === undefined) throw notFound();
      return { body: labelShape(call.world, label) };
    },
  },
  { method: "POST", path: "/labels", access: { repository: "push" }, app: write, handle: createLabel },
];

function listComments(call: Call): Answer {
  const { number } = pullOf(call);
  const found = call.world.store.state.comments.filter((comment) => comment.number === number);
  return paginate(call, found, (comment) => commentShape(call.world, comment));
}

function createComment(call: Call): Answer {
  const { world } = call;
  const target = pullOf(call);
  const moment = now();
  const comment: Comment = {
    id: world.store.id(),
    number: target.number,
    login: call.login,
    body: commentText(call),
    createdAt: moment,
    updatedAt: moment,
  };
  world.store.state.comments.push(comment);
  target.updatedAt = moment;
  world.store.save();
  const shape = commentShape(world, comment);
  const issue = { number: target.number, title: target.title, pull_request: {} };
  world.deliverer.emit("issue_comment", {
    action: "created",
    issue,
    comment: shape,
    ...surroundings(world, call.login),
  });
  return { status: 201, body: shape, headers: { location: String(shape.url) } };
}

function getComment(call: Call): Answer {
  return { body: commentShape(call.world, commentOf(call)) };
}

function editComment(call: Call): Answer {
  const comment = ownComment(call);
  comment.body = commentText(call);
  comment.updatedAt = now();
  call.world.store.save();
  return { body: commentShape(call.world, comment) };
}

function deleteComment(call: Call): Answer {
  const comment = ownComment(call);
  const { state } = call.world.store;
  state.comments = state.comments.filter((one) => one !== comment);
  call.world.store.save();
  return { status: 204 };
}

function commentText(call: Call): string {
  const text = call.body.string("body");
  if (text.length > 65_536) {
    const message = "Body is too long (maximum is 65536 characters)";
    throw validationFailed({ resource: "IssueComment", code: "unprocessable", field: "data", message });
  }
  return text;
}

function commentOf(call: Call): Comment {
  const comment = call.world.store.state.comments.find((one) => String(one.id) === param(call, "comment"));
  if (comment === undefined) throw notFound();
  return comment;
}

function ownComment(call: Call): Comment {
  const comment = commentOf(call);
  if (comment.login !== call.login) throw new ApiError(403, "Must have admin rights to Repository.");
  return comment;
}

function addLabels(call: Call): Answer {
  const { world, body } = call;
  const target = pullOf(call);
  for (const name of body.strings("labels")) {
    if (!world.store.state.labels.some((label) => label.name === name)) addLabel(call, name, "ededed", null);
    if (!target.labels.includes(name)) target.labels.push(name);
  }
  world.store.save();
  return { body: labelsOf(call, target) };
}

function removeLabel(call: Call): Answer {
  const target = pullOf(call);
  const name = param(call, "name");
  if (!target.labels.includes(name)) throw notFound("Label does not exist");
  target.labels = target.labels.filter((one) => one !== name);
  call.world.store.save();
  return { body: labelsOf(call, target) };
}

function createLabel(call: Call): Answer {
  const name = call.body.string("name");
  if (call.world.store.state.labels.some((label) => label.name.toLowerCase() === name.toLowerCase())) {
    throw validationFailed({ resource: "Label", code: "already_exists", field: "name" });
  }
  const label = addLabel(
    call,
    name,
    call.body.text("color") ?? "ededed",
    call.body.text("description") ?? null,
  );
  return { status: 201, body: labelShape(call.world, label) };
}

function addLabel(call: Call, name: string, color: string, description: string | null): Label {
  const label = { id: call.world.store.id(), name, color, description };
  call.world.store.state.labels.push(label);
  call.world.store.save();
  return label;
}

function labelsOf(call: Call, target: Pull) {
  const { labels } = call.world.store.state;
  return labels
    .filter((label) => target.labels.includes(label.name))
    .map((label) => labelShape(call.world, label));
}
