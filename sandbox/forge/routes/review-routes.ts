import { emitPull, emitReview } from "../events/emit.ts";
import { ApiError, mustHavePush, notFound } from "../http/api-error.ts";
import { roleAtLeast } from "../http/caller.ts";
import { paginate } from "../http/paginate.ts";
import { param } from "../http/route.ts";
import type { Answer, Call, Route } from "../http/route.ts";
import { reviewShape } from "../shapes/issue.ts";
import { teamShape } from "../shapes/organization.ts";
import { pullShape } from "../shapes/pull.ts";
import { userShape } from "../shapes/user.ts";
import { now } from "../state/now.ts";
import type { Pull, Review, ReviewState } from "../state/state.ts";
import { findPerson, findTeam, roleOf } from "../state/people.ts";
import { pullOf } from "./pull-routes.ts";
import { roleOfCaller } from "./repository-routes.ts";

const read = [["pull_requests", "read"]] as const;
const write = [["pull_requests", "write"]] as const;
const access = { repository: "pull" } as const;
const base = "/pulls/:number";

const stateOfEvent: Record<string, ReviewState> = {
  APPROVE: "APPROVED",
  REQUEST_CHANGES: "CHANGES_REQUESTED",
  COMMENT: "COMMENTED",
};

/** Reviews, in full history, and who was asked for one. */
export const reviewRoutes: readonly Route[] = [
  { method: "GET", path: `${base}/reviews`, access, app: read, handle: list },
  { method: "POST", path: `${base}/reviews`, access, app: write, handle: create },
  { method: "GET", path: `${base}/reviews/:review`, access, app: read, handle: get },
  { method: "DELETE", path: `${base}/reviews/:review`, access, app: write, handle: discard },
  { method: "POST", path: `${base}/reviews/:review/events`, access, app: write, handle: submit },
  { method: "PUT", path: `${base}/reviews/:review/dismissals`, access, app: write, handle: dismiss },
  { method: "GET", path: `${base}/requested_reviewers`, access, app: read, handle: requested },
  { method: "POST", path: `${base}/requested_reviewers`, access, app: write, handle: ask },
  { method: "DELETE", path: `${base}/requested_reviewers`, access, app: write, handle: unask },
];

function list(call: Call): Answer {
  const pull = pullOf(call);
  const visible = pull.reviews.filter((review) => review.state !== "PENDING" || review.login === call.login);
  return paginate(call, visible, (review) => reviewShape(call.world, pull, review));
}

function get(call: Call): Answer {
  const pull = pullOf(call);
  return { body: reviewShape(call.world, pull, reviewOf(call, pull)) };
}

function create(call: Call): Answer {
  const { world, body } = call;
  const pull = pullOf(call);
  const event = body.text("event");
  if (
    event === undefined &&
    pull.reviews.some((one) => one.state === "PENDING" && one.login === call.login)
  ) {
    throw new ApiError(422, "User can only have one pending review per pull request");
  }
  const review: Review = {
    id: world.store.id(),
    login: call.login,
    body: body.text("body") ?? "",
    state: "PENDING",
    commit: body.text("commit_id") ?? pull.head.sha,
    submittedAt: null,
  };
  if (event !== undefined) judge(call, pull, review, event);
  pull.reviews.push(review);
  world.store.save();
  if (event !== undefined) emitReview(world, "submitted", pull, review, call.login);
  return { body: reviewShape(world, pull, review) };
}

function submit(call: Call): Answer {
  const pull = pullOf(call);
  const review = reviewOf(call, pull);
  if (review.state !== "PENDING" || review.login !== call.login) throw notFound();
  judge(call, pull, review, call.body.string("event"));
  call.world.store.save();
  emitReview(call.world, "submitted", pull, review, call.login);
  return { body: reviewShape(call.world, pull, review) };
}

/** Gives a review its opinion; nobody judges his own pull request, and Apps neither when they opened it. */
function judge(call: Call, pull: Pull, review: Review, event: string): void {
  const state = stateOfEvent[event];
  if (state === undefined) {
    throw new ApiError(
      422,
      `Invalid request.\n\n${event} is not a member of ["APPROVE", "REQUEST_CHANGES", "COMMENT"].`,
    );
  }
  if (pull.author === call.login && state !== "COMMENTED") {
    const what = state === "APPROVED" ? "approve" : "request changes on";
    throw new ApiError(422, "Unprocessable Entity", [`Review Can not ${what} your own pull request`]);
  }
  if (state !== "APPROVED" && review.body === "" && call.body.text("body") === undefined) {
    throw new ApiError(422, "Unprocessable Entity", [`Review Body can't be blank`]);
  }
  review.body = call.body.text("body") ?? review.body;
  review.state = state;
  review.submittedAt = now();
  pull.updatedAt = review.submittedAt;
  pull.requestedReviewers = pull.requestedReviewers.filter((login) => login !== call.login);
  pull.requestedTeams = pull.requestedTeams.filter(
    (slug) => findTeam(call.world.store.state, slug)?.members.includes(call.login) !== true,
  );
}

function discard(call: Call): Answer {
  const pull = pullOf(call);
  const review = reviewOf(call, pull);
  if (review.state !== "PENDING") {
    throw new ApiError(422, "Unprocessable Entity", ["Can not delete a non-pending pull request review"]);
  }
  pull.reviews = pull.reviews.filter((one) => one !== review);
  call.world.store.save();
  return { status: 200, body: reviewShape(call.world, pull, review) };
}

function dismiss(call: Call): Answer {
  const { world } = call;
  call.body.string("message");
  if (!roleAtLeast(roleOfCaller(call), "push")) throw mustHavePush();
  const pull = pullOf(call);
  const review = reviewOf(call, pull);
  if (review.state !== "APPROVED" && review.state !== "CHANGES_REQUESTED") {
    throw new ApiError(422, "Unprocessable Entity", ["Can not dismiss a commented pull request review"]);
  }
  review.state = "DISMISSED";
  world.store.save();
  emitReview(world, "dismissed", pull, review, call.login);
  return { body: reviewShape(world, pull, review) };
}

function requested(call: Call): Answer {
  const { world } = call;
  const pull = pullOf(call);
  const teams = pull.requestedTeams.flatMap((slug) => findTeam(world.store.state, slug) ?? []);
  return {
    body: {
      users: pull.requestedReviewers.map((login) => userShape(world, login)),
      teams: teams.map((team) => teamShape(world, team)),
    },
  };
}

async function ask(call: Call): Promise<Answer> {
  const { world, body } = call;
  const { state } = world.store;
  const pull = pullOf(call);
  if (!roleAtLeast(roleOfCaller(call), "push") && pull.author !== call.login) throw mustHavePush();
  const people = body.strings("reviewers");
  const teams = body.strings("team_reviewers");
  if (people.includes(pull.author))
    throw new ApiError(422, "Review cannot be requested from pull request author.");
  const strangers =
    people.some((login) => findPerson(state, login) === undefined || roleOf(state, login) === null) ||
    teams.some((slug) => findTeam(state, slug) === undefined);
  if (strangers) {
    const where = `${state.organization.login}/${state.repository.name}`;
    throw new ApiError(
      422,
      `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${where} repository.`,
    );
  }
  pull.requestedReviewers = [...new Set([...pull.requestedReviewers, ...people])];
  pull.requestedTeams = [...new Set([...pull.requestedTeams, ...teams])];
  world.store.save();
  await emitPull(world, "review_requested", pull, call.login);
  return { status: 201, body: pullShape(world, pull) };
}

async function unask(call: Call): Promise<Answer> {
  const { world, body } = call;
  const pull = pullOf(call);
  if (!roleAtLeast(roleOfCaller(call), "push") && pull.author !== call.login) throw mustHavePush();
  const people = body.strings("reviewers");
  const teams = body.strings("team_reviewers");
  pull.requestedReviewers = pull.requestedReviewers.filter((login) => !people.includes(login));
  pull.requestedTeams = pull.requestedTeams.filter((slug) => !teams.includes(slug));
  world.store.save();
  await emitPull(world, "review_request_removed", pull, call.login);
  return { body: pullShape(world, pull) };
}

function reviewOf(call: Call, pull: Pull): Review {
  const review = pull.reviews.find((candidate) => String(candidate.id) === param(call, "review"));
  if (review === undefined) throw notFound();
  return review;
}
