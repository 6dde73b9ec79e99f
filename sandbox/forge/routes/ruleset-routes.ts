import { notFound, validationFailed } from "../http/api-error.ts";
import type { Body } from "../http/body.ts";
import { paginate } from "../http/paginate.ts";
import { param } from "../http/route.ts";
import type { Answer, Call, Route } from "../http/route.ts";
import { rulesOf } from "../rules/ruleset.ts";
import { repositoryUrl } from "../shapes/repository.ts";
import type { Json } from "../shapes/user.ts";
import { nodeId } from "../shapes/user.ts";
import { now } from "../state/now.ts";
import { fullName } from "../state/people.ts";
import type { Ruleset } from "../state/state.ts";
import type { World } from "../world.ts";

const admin = { repository: "admin" } as const;
const write = [["administration", "write"]] as const;
const read = [["metadata", "read"]] as const;

/** Rulesets, and what they come to for one branch (which need not exist). */
export const rulesetRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/rules/branches/*",
    access: { repository: "pull" },
    app: read,
    handle: (call) =>
      paginate(call, rulesOf(call.world.store.state, param(call, "path")), ({ ruleset, rule }) => ({
        ...rule,
        ruleset_source_type: "Repository",
        ruleset_source: fullName(call.world.store.state),
        ruleset_id: ruleset.id,
      })),
  },
  {
    method: "GET",
    path: "/rulesets",
    access: { repository: "pull" },
    app: read,
    handle: (call) => paginate(call, rulesets(call), (one) => rulesetShape(call.world, one, false)),
  },
  { method: "POST", path: "/rulesets", access: admin, app: write, handle: create },
  {
    method: "GET",
    path: "/rulesets/:id",
    access: { repository: "pull" },
    app: read,
    handle: (call) => ({ body: rulesetShape(call.world, rulesetOf(call), true) }),
  },
  { method: "DELETE", path: "/rulesets/:id", access: admin, app: write, handle: remove },
];

function create(call: Call): Answer {
  const { world, body } = call;
  const name = body.string("name");
  const enforcement = body.string("enforcement");
  if (!["active", "disabled", "evaluate"].includes(enforcement)) {
    throw validationFailed({ resource: "RepositoryRuleset", field: "enforcement", code: "invalid" });
  }
  const refName = body.object("conditions")?.object("ref_name");
  const moment = now();
  const ruleset: Ruleset = {
    id: world.store.id(),
    name,
    enforcement,
    include: refName?.strings("include") ?? [],
    exclude: refName?.strings("exclude") ?? [],
    rules: body.objects("rules").map(readRule),
    createdAt: moment,
    updatedAt: moment,
  };
  world.store.state.rulesets = [...rulesets(call), ruleset];
  world.store.save();
  return { status: 201, body: rulesetShape(world, ruleset, true) };
}

function readRule(rule: Body): Ruleset["rules"][number] {
  const parameters = rule.raw("parameters");
  const type = rule.string("type");
  return typeof parameters === "object" && parameters !== null
    ? { type, parameters: parameters as Record<string, unknown> }
    : { type };
}

function remove(call: Call): Answer {
  const ruleset = rulesetOf(call);
  call.world.store.state.rulesets = rulesets(call).filter((one) => one !== ruleset);
  call.world.store.save();
  return { status: 204 };
}

const rulesets = (call: Call): Ruleset[] => call.world.store.state.rulesets ?? [];

function rulesetOf(call: Call): Ruleset {
  const found = rulesets(call).find((one) => String(one.id) === param(call, "id"));
  if (found === undefined) throw notFound();
  return found;
}

function rulesetShape(world: World, ruleset: Ruleset, full: boolean): Json {
  const { id, name, enforcement, include, exclude, rules, createdAt, updatedAt } = ruleset;
  return {
    id,
    name,
    target: "branch",
    source_type: "Repository",
    source: fullName(world.store.state),
    enforcement,
    node_id: nodeId("RRS", id),
    _links: { self: { href: `${repositoryUrl(world)}/rulesets/${String(id)}` } },
    created_at: createdAt,
    updated_at: updatedAt,
    ...(full ? { conditions: { ref_name: { include, exclude } }, rules, bypass_actors: [] } : {}),
  };
}
