import PQueue from "p-queue";
import { pause } from "../runtime/backoff.ts";
import type { Unstructured } from "../runtime/objects.ts";
import type { StatusEvaluator } from "./cel-evaluator.ts";
import type { ClusterAccess } from "./cluster-access.ts";
import { objectStatus } from "./object-status.ts";
import type { ObjectStatus } from "./object-status.ts";
import { messageOf } from "./reconcile-error.ts";
import { compareResources, orderedOf, subjectOf } from "./resource-order.ts";
import type { Ordered } from "./resource-order.ts";

/** How to wait. */
export interface WaitOptions {
  timeoutMs: number;
  everyMs: number;
  evaluators: readonly StatusEvaluator[];
  /** Throws its reason when it aborts. */
  signal?: AbortSignal;
}

/** What to wait for. */
export type Awaited = Pick<Unstructured, "apiVersion" | "kind" | "metadata">;

interface Pending {
  target: Awaited;
  place: Ordered;
  status: ObjectStatus;
  detail: string;
}

/**
 * Waits until all objects are Current. Throws `timeout waiting for: […]`, or, as soon as one has Failed,
 * `failed early due to stalled resources: […]`, naming each with its status.
 */
export async function waitForObjects(
  access: ClusterAccess,
  targets: readonly Awaited[],
  options: WaitOptions,
): Promise<void> {
  const signal = options.signal ?? new AbortController().signal;
  const until = Date.now() + options.timeoutMs;
  const queue = new PQueue({ concurrency: 4 });
  let pending = targets.map(pendingOf);
  for (;;) {
    await queue.addAll(pending.map((each) => () => look(access, each, options.evaluators)));
    pending = pending.filter((each) => each.status !== "Current");
    if (pending.length === 0) return;
    const failed = pending.filter((each) => each.status === "Failed");
    if (failed.length > 0) throw new Error(`failed early due to stalled resources: ${listed(failed)}`);
    if (signal.aborted || Date.now() + options.everyMs > until) break;
    await pause(options.everyMs, signal);
  }
  await pause(Math.max(0, until - Date.now()), signal);
  signal.throwIfAborted();
  throw new Error(`timeout waiting for: ${listed(pending)}`);
}

/** Whether all objects are Current now. */
export async function areCurrent(
  access: ClusterAccess,
  targets: readonly Awaited[],
  evaluators: readonly StatusEvaluator[],
): Promise<boolean> {
  for (const target of targets) {
    const pending = pendingOf(target);
    await look(access, pending, evaluators);
    if (pending.status !== "Current") return false;
  }
  return true;
}

function pendingOf(target: Awaited): Pending {
  return { target, place: orderedOf({ ...target }), status: "Unknown", detail: "" };
}

async function look(
  access: ClusterAccess,
  pending: Pending,
  evaluators: readonly StatusEvaluator[],
): Promise<void> {
  const { apiVersion, kind, metadata } = pending.target;
  pending.detail = "";
  try {
    const served = await access.mapper.find(apiVersion, kind);
    const object = await access.client.find(served, metadata.name, metadata.namespace);
    const custom = evaluators.find((each) => each.group === pending.place.group && each.kind === kind);
    if (object === undefined) pending.status = "NotFound";
    else pending.status = custom === undefined ? objectStatus(object) : custom.evaluate(object);
  } catch (error) {
    pending.status = "Unknown";
    pending.detail = `: ${messageOf(error)}`;
  }
}

function listed(pending: readonly Pending[]): string {
  const sorted = [...pending].sort((a, b) => compareResources(a.place, b.place));
  return `[${sorted.map((each) => `${subjectOf(each.place)} status: '${each.status}'${each.detail}`).join(", ")}]`;
}
