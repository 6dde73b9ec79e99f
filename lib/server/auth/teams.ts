import { rightsTopic } from "../../db/sessions.ts";
import { sendNotification } from "../../db/send-notification.ts";
import type { ForgeTrouble, Notice } from "../../domain/access/actor.ts";
import { rightsAge } from "../../domain/access/rights-age.ts";
import { scrubText } from "../../domain/scrub-text.ts";
import { ForgeError } from "../../forge/forge.ts";
import { lookTopic } from "../look-topic.ts";
import { services } from "../services.ts";
import { noticeOf } from "./notice-of.ts";
import { userToken } from "./tokens.ts";

/** After a failure the forge is left alone this long, however many requests come. */
const pauseMs = 10_000;

interface Readings {
  running: Map<string, Promise<void>>;
  /** Whose last reading failed: when, and what he himself can do about it (null: nothing, the forge is in trouble). */
  failed: Map<string, { at: number; notice: Notice | null; sentence: string | null }>;
}

// Pages and routes may each have their own copy of this module, but they are one process.
const holder = globalThis as typeof globalThis & { fleetwrightReadings?: Readings };
const readings = (): Readings => (holder.fleetwrightReadings ??= { running: new Map(), failed: new Map() });

/**
 * Asks the forge, as the person, which of the organisation's teams he is in, and keeps the answer. Every process is
 * told where it is another one than before. Throws what the forge or the token refused; the last answer then holds.
 */
export function readTeams(userId: string): Promise<void> {
  const { running } = readings();
  const current = running.get(userId);
  if (current) return current;
  const work = read(userId).finally(() => running.delete(userId));
  running.set(userId, work);
  return work;
}

/** The same, but certainly begun after this call: a reading under way may have missed what just changed. */
export async function readTeamsAnew(userId: string): Promise<void> {
  await readings()
    .running.get(userId)
    ?.catch(() => undefined);
  await readTeams(userId);
}

async function read(userId: string): Promise<void> {
  const { db, seal, env, asPerson } = services();
  const { failed } = readings();
  const tell = () => sendNotification(db, { topic: rightsTopic, id: "" });
  try {
    const token = await userToken(db, seal, env, userId);
    const forgeTeams = await asPerson(token).teamsOfViewer();
    const before = await db.user.findUnique({ where: { id: userId }, select: { forgeTeams: true } });
    await db.user.update({ where: { id: userId }, data: { forgeTeams, teamsReadAt: new Date() } });
    const healed = failed.delete(userId);
    // The engine may be waiting out the same failure: it need not any more.
    if (healed) await sendNotification(db, { topic: lookTopic, id: "" });
    if (healed || JSON.stringify(before?.forgeTeams) !== JSON.stringify(forgeTeams)) await tell();
  } catch (error) {
    const notice = noticeOf(error, env);
    const known = failed.get(userId)?.notice ?? null;
    const sentence = notice === null && error instanceof ForgeError ? scrubText(error.message) : null;
    failed.set(userId, { at: Date.now(), notice, sentence });
    if (JSON.stringify(known) !== JSON.stringify(notice)) await tell();
    throw error;
  }
}

/** What the forge says of a person: what he has to do about its last refusal, or what its own trouble is. */
interface ForgeWord {
  notice: Notice | null;
  trouble: ForgeTrouble | null;
}

/**
 * Starts {@link readTeams} where the last answer is older than {@link rightsAge} says, or 10 s while the forge is `doubtful`; a page
 * never waits for it. Returns how the last reading failed, if it did.
 */
export function refreshTeams(userId: string, readAt: Date | null, doubtful: boolean): ForgeWord {
  const failure = readings().failed.get(userId);
  const fresh = readAt !== null && Date.now() - readAt.getTime() < (doubtful ? pauseMs : rightsAge.maxAgeMs);
  const paused = failure !== undefined && Date.now() - failure.at < pauseMs;
  if (!paused && (!fresh || failure !== undefined)) {
    readTeams(userId).catch((error: unknown) => {
      services().log.warn({ err: error, userId }, "could not read a person's teams; the last answer holds");
    });
  }
  const { notice = null, sentence = null, at = 0 } = failure ?? {};
  return { notice, trouble: sentence === null ? null : { sentence, at: new Date(at) } };
}
