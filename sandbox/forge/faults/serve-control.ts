import type { FastifyInstance } from "fastify";
import { ApiError } from "../http/api-error.ts";
import { Body } from "../http/body.ts";
import { findPerson, fullName } from "../state/people.ts";
import { renameRepository } from "../state/rename.ts";
import type { World } from "../world.ts";
import type { RequestFault } from "./fault.ts";

/**
 * The control endpoint of the sandbox, which GitHub does not have: faults on demand, what was asked, the clock of
 * tokens (docs/reference/sandbox-forge.md). No credential: the forge listens on the loopback only.
 */
export function serveControl(server: FastifyInstance, world: World): void {
  const base = "/_sandbox";
  server.post(`${base}/faults`, (request, reply) =>
    reply.code(201).send(shape(world.faults.add(request.body))),
  );
  server.get(`${base}/faults`, () => world.faults.list().map(shape));
  server.delete(`${base}/faults`, (_request, reply) => {
    world.faults.clear();
    world.deliverer.faults.clear();
    return reply.code(204).send();
  });
  server.delete(`${base}/faults/:id`, (request, reply) => {
    world.faults.clear(Number((request.params as { id: string }).id));
    return reply.code(204).send();
  });
  server.get(`${base}/requests`, () => world.faults.seen());
  server.delete(`${base}/requests`, (_request, reply) => {
    world.faults.forget();
    return reply.code(204).send();
  });
  serveDeliveryControl(server, world);
  serveStateControl(server, world);
}

function serveDeliveryControl(server: FastifyInstance, world: World): void {
  server.post("/_sandbox/delivery-faults", (request, reply) => {
    world.deliverer.faults.add(request.body);
    return reply.code(201).send({});
  });
  server.post("/_sandbox/held-deliveries/release", (request) => {
    const reversed = new Body(request.body).text("order") === "reversed";
    return { released: world.deliverer.release(reversed) };
  });
}

/** Things that take GitHub hours, or that only its operators can do. */
function serveStateControl(server: FastifyInstance, world: World): void {
  server.post("/_sandbox/expire-tokens", (request) => {
    const login = new Body(request.body).text("login");
    const { state } = world.store;
    const users = state.userTokens.filter((one) => login === undefined || one.login === login);
    for (const token of users) token.expiresAt = 0;
    if (login === undefined) for (const token of state.installationTokens) token.expiresAt = 0;
    world.store.save();
    return { expired: users.length };
  });
  server.put("/_sandbox/scopes", (request) => {
    const body = new Body(request.body);
    const person = findPerson(world.store.state, body.string("login"));
    if (person === undefined) throw new ApiError(404, "nobody has this login");
    person.scopes = [...body.strings("scopes")];
    world.store.save();
    return { scopes: person.scopes };
  });
  server.put("/_sandbox/repository", (request) => {
    renameRepository(world.store.state, new Body(request.body).string("name"));
    world.store.save();
    return { fullName: fullName(world.store.state) };
  });
  server.put("/_sandbox/rate-limit", (request) => {
    const body = new Body(request.body);
    world.limits.set(body.number("limit") ?? null, body.number("resetSeconds") ?? null);
    return {};
  });
  server.put("/_sandbox/mergeability", (request) => {
    const held = new Body(request.body).flag("held");
    if (held === undefined) throw new ApiError(422, "held is true or false");
    world.mergeability.hold(held);
    return { held };
  });
}

function shape(fault: RequestFault): Record<string, unknown> {
  const { id, method, path, login, skip, left, hits, delayMs, cut } = fault;
  return { id, method, path, login, skip, left: left ?? "always", hits, delayMs, cut };
}
