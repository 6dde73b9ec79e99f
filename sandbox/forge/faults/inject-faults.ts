import { setTimeout as delay } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { loginOf } from "../http/authenticate.ts";
import type { World } from "../world.ts";
import type { RequestFault } from "./fault.ts";

/** Lets the waiting faults hit requests: REST, OAuth, pages and Git alike; the control endpoint is spared. */
export function injectFaults(server: FastifyInstance, world: World): void {
  server.addHook("preHandler", async (request, reply) => {
    if (request.url.startsWith("/_sandbox/")) return;
    const login = loginOf(world, request.headers.authorization);
    const fault = world.faults.take(request.method, request.url, login);
    if (fault !== null) return strike(world, fault, request, reply);
  });
}

async function strike(
  world: World,
  fault: RequestFault,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  if (fault.delayMs > 0) {
    await delay(fault.delayMs, undefined, { signal: world.faults.closing }).catch(() => undefined);
  }
  if (fault.cut === "request") {
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  }
  if (fault.cut !== null) cutAnswer(reply, fault.cut);
  if (fault.answer === null) return undefined;
  world.faults.answered.add(request);
  const { status, headers, body } = fault.answer(request.url);
  return reply.code(status).headers(headers).send(body);
}

/** Lets the handler work and then loses its answer, whole or from the middle on. */
function cutAnswer(reply: FastifyReply, cut: "answer" | "body"): void {
  const { raw } = reply;
  const write = raw.write.bind(raw) as (chunk: unknown, done: () => void) => boolean;
  const destroy = (): void => void raw.socket?.destroy();
  if (cut === "answer") {
    const end = () => {
      destroy();
      return raw;
    };
    Object.assign(raw, { writeHead: () => raw, write: () => true, end });
    return;
  }
  const half = (chunk: unknown) => {
    const bytes = typeof chunk === "string" || Buffer.isBuffer(chunk) ? Buffer.from(chunk) : Buffer.alloc(0);
    write(bytes.subarray(0, Math.ceil(bytes.length / 2)), destroy);
    return raw;
  };
  Object.assign(raw, { end: half });
}
