import PQueue from "p-queue";
import { askTargetSchema, askVerbs } from "../../domain/asks/ask.ts";
import { kindsOf } from "../../domain/kinds.ts";
import { answerAsk, waitingAsks, type StoredAsk } from "../../db/asks.ts";
import type { Db } from "../../db/client.ts";
import { errorFromCause } from "../../kubernetes/api-error.ts";
import type { KubeClient } from "../../kubernetes/client.ts";
import { contactWords } from "../sync/contact-words.ts";
import { answers } from "./answer.ts";

export interface AsksOptions {
  db: Db;
  managementClusterId: string;
  management: KubeClient;
  /** The way to a workload cluster by its id; null while there is none. */
  workload: (clusterId: string) => KubeClient | null;
  now: () => Date;
}

const atOnce = 8;
const batch = 200;
/** Whoever asked has long been told that no answer came. */
const lateMs = 60_000;

/** Answers what waits. A write that was asked for long ago is not made any more: its person has moved on. */
export async function answerAsks(options: AsksOptions): Promise<number> {
  const waiting = await waitingAsks(options.db, options.managementClusterId, batch);
  const queue = new PQueue({ concurrency: atOnce });
  await queue.addAll(waiting.map((ask) => () => answerOne(options, ask)));
  return waiting.length;
}

async function answerOne(options: AsksOptions, ask: StoredAsk): Promise<void> {
  const given = await answerTo(options, ask).catch((cause: unknown) => ({
    error: sentence(contactWords(errorFromCause(cause))),
  }));
  await answerAsk(options.db, ask.id, given, options.now());
}

async function answerTo(
  { management, workload, now }: AsksOptions,
  { askedAt, clusterId, verb, target: stored }: StoredAsk,
): Promise<{ answer: unknown } | { error: string }> {
  if (now().getTime() - askedAt.getTime() > lateMs) return { error: "Nobody answered in time; ask again." };
  const target = askTargetSchema.safeParse(stored);
  const deed = askVerbs.find((one) => one === verb);
  const kind = kindsOf(clusterId === null ? "management" : "workload").find(
    (one) =>
      target.success && one.kind === target.data.kind && target.data.apiVersion.startsWith(`${one.group}/`),
  );
  if (!target.success || deed === undefined || !kind)
    return { error: "Fleetwright does not read this kind of object." };
  const client = clusterId === null ? management : workload(clusterId);
  if (client === null) return { error: "The portal has no way to this cluster's API server now." };
  return { answer: await answers[deed]({ client, target: target.data, plural: kind.plural, now: now() }) };
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`.replace("..", ".");
}
