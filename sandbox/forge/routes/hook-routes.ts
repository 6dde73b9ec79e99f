import { surroundings } from "../events/emit.ts";
import { notFound, validationFailed } from "../http/api-error.ts";
import { paginate } from "../http/paginate.ts";
import { param } from "../http/route.ts";
import type { Answer, Call, Route } from "../http/route.ts";
import { repositoryUrl } from "../shapes/repository.ts";
import { now } from "../state/now.ts";
import type { Delivery, Hook } from "../state/state.ts";
import type { World } from "../world.ts";

const access = { repository: "admin" } as const;
const read = [["repository_hooks", "read"]] as const;
const write = [["repository_hooks", "write"]] as const;

/** Repository hooks and what became of their deliveries; the App sees those of its own hook. */
export const hookRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/hooks",
    access,
    app: read,
    handle: (call) => paginate(call, call.world.store.state.hooks, (hook) => hookShape(call.world, hook)),
  },
  { method: "POST", path: "/hooks", access, app: write, handle: create },
  {
    method: "GET",
    path: "/hooks/:hook",
    access,
    app: read,
    handle: (call) => ({ body: hookShape(call.world, hookOf(call)) }),
  },
  { method: "DELETE", path: "/hooks/:hook", access, app: write, handle: remove },
  {
    method: "GET",
    path: "/hooks/:hook/deliveries",
    access,
    app: read,
    handle: (call) => deliveries(call, hookOf(call).id),
  },
  {
    method: "GET",
    path: "/hooks/:hook/deliveries/:delivery",
    access,
    app: read,
    handle: (call) => fullDelivery(call, hookOf(call).id),
  },
  {
    method: "POST",
    path: "/hooks/:hook/deliveries/:delivery/attempts",
    access,
    app: write,
    handle: (call) => redeliver(call, hookOf(call).id),
  },
];

/** `/app/hook…`, with the App's JWT. */
export const appHookRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/app/hook/deliveries",
    access: "app",
    handle: (call) => deliveries(call, call.world.store.state.app.hookId),
  },
  {
    method: "GET",
    path: "/app/hook/deliveries/:delivery",
    access: "app",
    handle: (call) => fullDelivery(call, call.world.store.state.app.hookId),
  },
  {
    method: "POST",
    path: "/app/hook/deliveries/:delivery/attempts",
    access: "app",
    handle: (call) => redeliver(call, call.world.store.state.app.hookId),
  },
  {
    method: "GET",
    path: "/app/hook/config",
    access: "app",
    handle: (call) => {
      const hook = call.world.store.state.app.webhook;
      return { body: { url: hook?.url ?? "", content_type: "json", insecure_ssl: "0", secret: "********" } };
    },
  },
];

function create(call: Call): Answer {
  const { world, body } = call;
  const config = body.object("config");
  const url = config?.text("url");
  if (config === undefined || url === undefined || !URL.canParse(url)) {
    throw validationFailed({ resource: "Hook", code: "missing_field", field: "url" });
  }
  const events = body.strings("events");
  const moment = now();
  const hook: Hook = {
    id: world.store.id(),
    url,
    secret: config.text("secret") ?? null,
    contentType: config.text("content_type") === "json" ? "json" : "form",
    events: events.length > 0 ? events : ["push"],
    active: body.flag("active") ?? true,
    createdAt: moment,
    updatedAt: moment,
  };
  world.store.state.hooks.push(hook);
  world.store.save();
  const shape = hookShape(world, hook);
  world.deliverer.toHook(hook, "ping", {
    zen: "Keep it logically awesome.",
    hook_id: hook.id,
    hook: shape,
    ...surroundings(world, call.login),
  });
  return { status: 201, body: shape };
}

function remove(call: Call): Answer {
  const { state } = call.world.store;
  const hook = hookOf(call);
  state.hooks = state.hooks.filter((one) => one !== hook);
  call.world.store.save();
  return { status: 204 };
}

function deliveries(call: Call, hook: number): Answer {
  const found = call.world.store.state.deliveries.filter((delivery) => delivery.hook === hook);
  return paginate(call, found.toReversed(), (delivery) => deliveryShape(call.world, delivery));
}

function fullDelivery(call: Call, hook: number): Answer {
  const delivery = deliveryOf(call, hook);
  const { deliverer, store } = call.world;
  const url = store.state.hooks.find((one) => one.id === hook)?.url ?? store.state.app.webhook?.url ?? "";
  const request = {
    headers: { "X-GitHub-Delivery": delivery.guid, "X-GitHub-Event": delivery.event },
    payload: deliverer.payloadOf(delivery.id),
  };
  return {
    body: { ...deliveryShape(call.world, delivery), url, request, response: { headers: {}, payload: "" } },
  };
}

/** GitHub never sends again by itself; this is how it is asked to. */
function redeliver(call: Call, hook: number): Answer {
  if (!call.world.deliverer.redeliver(deliveryOf(call, hook).id)) throw notFound();
  return { status: 202, body: {} };
}

function deliveryOf(call: Call, hook: number): Delivery {
  const wanted = param(call, "delivery");
  const found = call.world.store.state.deliveries.find(
    (one) => one.hook === hook && String(one.id) === wanted,
  );
  if (found === undefined) throw notFound();
  return found;
}

function deliveryShape(world: World, delivery: Delivery) {
  const { app, repository } = world.store.state;
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery ?? false,
    duration: delivery.durationSeconds,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.hook === app.hookId ? app.installationId : null,
    repository_id: repository.id,
    throttled_at: null,
  };
}

function hookShape(world: World, hook: Hook) {
  const url = `${repositoryUrl(world)}/hooks/${String(hook.id)}`;
  return {
    type: "Repository",
    id: hook.id,
    name: "web",
    active: hook.active,
    events: hook.events,
    config: {
      url: hook.url,
      content_type: hook.contentType,
      insecure_ssl: "0",
      ...(hook.secret === null ? {} : { secret: "********" }),
    },
    created_at: hook.createdAt,
    updated_at: hook.updatedAt,
    url,
    test_url: `${url}/test`,
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
    last_response: { code: null, status: "unused", message: null },
  };
}

function hookOf(call: Call): Hook {
  const hook = call.world.store.state.hooks.find((one) => String(one.id) === param(call, "hook"));
  if (hook === undefined) throw notFound();
  return hook;
}
