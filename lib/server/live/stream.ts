import type { Actor } from "../../domain/access/actor.ts";
import { rightsAge } from "../../domain/access/rights-age.ts";
import { services } from "../services.ts";
import type { LiveHub, Subscriber } from "./hub.ts";

const heartbeatMs = 15_000;

// What listens to Postgres and what answers browsers may each have their own copy of this module.
const holder = globalThis as typeof globalThis & {
  fleetwrightStreams?: { open: Set<() => void>; checks: Set<() => void> };
};
const { open, checks } = (holder.fleetwrightStreams ??= { open: new Set(), checks: new Set() });

/** Has every stream look at its session and its person's rights now: one was revoked, or a membership changed. */
export function recheckStreams(): void {
  for (const check of checks) check();
}

/** Ends every open stream: an open response would hold the process up for ever at shutdown. */
export function closeStreams(): void {
  for (const close of open) close();
}

/**
 * One browser's server-sent events. Beats every 15 s, looks at session and rights as often and when told that they
 * changed, and ends when the session is.
 */
export function openStream(
  hub: LiveHub,
  actor: Actor,
  { request, findActor }: { request: Request; findActor: () => Promise<Actor | null> },
): Response {
  const encoder = new TextEncoder();
  let close = (): void => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string): void => {
        controller.enqueue(encoder.encode(text));
      };
      const subscriber: Subscriber = {
        actor,
        send: (id, message) => {
          write(`id: ${id}\ndata: ${JSON.stringify(message)}\n\n`);
        },
        resync: () => {
          write("event: resync\ndata: {}\n\n");
        },
      };
      const beat = setInterval(() => {
        write("event: ping\ndata: {}\n\n");
      }, heartbeatMs);
      const check = (): void => void refreshRights(subscriber, findActor, () => close());
      const rights = setInterval(check, rightsAge.lookMs);
      checks.add(check);
      const unsubscribe = hub.subscribe(subscriber, request.headers.get("last-event-id"));
      close = () => {
        clearInterval(beat);
        clearInterval(rights);
        unsubscribe();
        checks.delete(check);
        open.delete(close);
        try {
          controller.close();
        } catch {
          // The browser went first.
        }
      };
      open.add(close);
      request.signal.addEventListener("abort", close);
      write("retry: 2000\nevent: ping\ndata: {}\n\n");
    },
    cancel() {
      close();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

const rightsIn = ({ roles, teams, notice }: Actor): string => JSON.stringify([roles, teams, notice ?? null]);

async function refreshRights(
  subscriber: Subscriber,
  findActor: () => Promise<Actor | null>,
  close: () => void,
): Promise<void> {
  try {
    const actor = await findActor();
    if (!actor || actor.roles.length === 0) {
      close();
      return;
    }
    const before = rightsIn(subscriber.actor);
    subscriber.actor = actor;
    if (rightsIn(actor) !== before) subscriber.resync();
  } catch (error) {
    services().log.warn(
      { err: error },
      "could not re-read a person's rights; the stream goes on with the last ones",
    );
  }
}
