import { askTopic } from "../../db/asks.ts";
import { listen } from "../../db/notify.ts";
import { lookTopic } from "../look-topic.ts";
import { services } from "../services.ts";
import { createAudienceFinder } from "./audience.ts";
import { rightsTopic } from "../../db/sessions.ts";
import { LiveHub } from "./hub.ts";
import type { LiveMessage } from "./live-message.ts";
import { recheckStreams } from "./stream.ts";

const holder = globalThis as typeof globalThis & {
  fleetwrightLive?: { hub: LiveHub; close(): Promise<void> };
};

/** The process's hub, listening to Postgres since the first call. */
export function live(): { hub: LiveHub; close(): Promise<void> } {
  holder.fleetwrightLive ??= start();
  return holder.fleetwrightLive;
}

function start() {
  const { env, db, log } = services();
  const hub = new LiveHub();
  const audienceOf = createAudienceFinder(db);
  // One after another, so that browsers hear messages in the order they were sent.
  let queue = Promise.resolve();
  const publish = async (message: LiveMessage): Promise<void> => {
    hub.publish(message, await audienceOf(message));
  };
  const listener = listen({
    url: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
    onMessage: (message) => {
      if (message.topic === lookTopic || message.topic === askTopic) return;
      if (message.topic === rightsTopic) {
        recheckStreams();
        return;
      }
      queue = queue
        .then(() => publish(message))
        .catch((error: unknown) => {
          log.error({ err: error }, "a live message could not be sent; browsers read everything again");
          hub.resync();
        });
    },
    onResync: () => {
      hub.resync();
    },
  });
  return { hub, close: () => listener.close() };
}
