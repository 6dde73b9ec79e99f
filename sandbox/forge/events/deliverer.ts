import { createHmac, randomUUID } from "node:crypto";
import type { Hook } from "../state/state.ts";
import { now } from "../state/now.ts";
import type { Store } from "../state/store.ts";

/** Where one delivery goes. */
interface Target {
  hook: number;
  kind: "repository" | "integration";
  targetId: number;
  url: string;
  secret: string | null;
  contentType: "json" | "form";
}

const timeoutMs = 10_000;
const remembered = 200;

/**
 * Sends webhooks as GitHub does: once, signed over the very bytes, ten seconds to answer, never again. Deliveries to
 * one hook keep their order; failures are remembered in the delivery list and otherwise of no consequence.
 */
export class Deliverer {
  readonly #store: Store;
  readonly #log: (message: string) => void;
  readonly #queues = new Map<number, Promise<void>>();
  readonly #abort = new AbortController();

  constructor(store: Store, log: (message: string) => void) {
    this.#store = store;
    this.#log = log;
  }

  /** Whether anyone would get an event of this name; if not, its payload need not be made. */
  listens(event: string): boolean {
    const { app, hooks } = this.#store.state;
    return app.webhook !== null || hooks.some((hook) => wants(hook, event));
  }

  /** Queues an event for every hook that wants it; returns at once. */
  emit(event: string, payload: Record<string, unknown>): void {
    const { state } = this.#store;
    const { app } = state;
    if (app.webhook !== null) {
      const target = {
        hook: app.hookId,
        kind: "integration",
        targetId: app.id,
        contentType: "json",
      } as const;
      const installation = { id: app.installationId, node_id: `I_${String(app.installationId)}` };
      this.#queue({ ...target, ...app.webhook }, event, { ...payload, installation });
    }
    for (const hook of state.hooks) {
      if (wants(hook, event)) this.toHook(hook, event, payload);
    }
  }

  /** Queues an event for one repository hook, whether subscribed or not (`ping`). */
  toHook(hook: Hook, event: string, payload: Record<string, unknown>): void {
    const { id, url, secret, contentType } = hook;
    const targetId = this.#store.state.repository.id;
    this.#queue({ hook: id, kind: "repository", targetId, url, secret, contentType }, event, payload);
  }

  /** Waits until every queued delivery was tried. */
  async settle(): Promise<void> {
    await Promise.all(this.#queues.values());
  }

  /** Gives up what is under way. */
  async close(): Promise<void> {
    this.#abort.abort();
    await this.settle();
  }

  #queue(target: Target, event: string, payload: Record<string, unknown>): void {
    const json = JSON.stringify(payload);
    const action = typeof payload.action === "string" ? payload.action : null;
    const before = this.#queues.get(target.hook) ?? Promise.resolve();
    const mine = before.then(() => this.#send(target, event, action, json));
    this.#queues.set(target.hook, mine);
    void mine.finally(() => {
      if (this.#queues.get(target.hook) === mine) this.#queues.delete(target.hook);
    });
  }

  async #send(target: Target, event: string, action: string | null, json: string): Promise<void> {
    if (this.#abort.signal.aborted) return;
    const guid = randomUUID();
    const started = Date.now();
    let statusCode = 0;
    let status = "OK";
    try {
      const form = target.contentType === "form";
      const body = form ? new URLSearchParams({ payload: json }).toString() : json;
      const response = await fetch(target.url, {
        method: "POST",
        body,
        headers: headersFor(target, event, guid, body),
        redirect: "manual",
        signal: AbortSignal.any([this.#abort.signal, AbortSignal.timeout(timeoutMs)]),
      });
      await response.body?.cancel();
      statusCode = response.status;
      if (!response.ok) status = `Invalid HTTP Response: ${String(statusCode)}`;
    } catch (error) {
      status =
        error instanceof Error && error.name === "TimeoutError" ? "timed out" : "failed to connect to host";
    }
    if (status !== "OK") this.#log(`webhook ${event} to ${target.url}: ${status}`);
    this.#remember({ hook: target.hook, guid, event, action, started, statusCode, status });
  }

  #remember(outcome: {
    hook: number;
    guid: string;
    event: string;
    action: string | null;
    started: number;
    statusCode: number;
    status: string;
  }): void {
    const { started, ...rest } = outcome;
    const { deliveries } = this.#store.state;
    deliveries.push({
      ...rest,
      id: this.#store.id(),
      deliveredAt: now(),
      durationSeconds: (Date.now() - started) / 1000,
    });
    if (deliveries.length > remembered) deliveries.splice(0, deliveries.length - remembered);
    this.#store.save();
  }
}

function wants(hook: Hook, event: string): boolean {
  return hook.active && (hook.events.includes("*") || hook.events.includes(event));
}

function headersFor(target: Target, event: string, guid: string, body: string): Record<string, string> {
  const sign = (algorithm: string) =>
    `${algorithm}=${createHmac(algorithm, target.secret ?? "")
      .update(body)
      .digest("hex")}`;
  const signatures: Record<string, string> =
    target.secret === null ? {} : { "x-hub-signature-256": sign("sha256"), "x-hub-signature": sign("sha1") };
  return {
    accept: "*/*",
    "content-type": target.contentType === "form" ? "application/x-www-form-urlencoded" : "application/json",
    "user-agent": "GitHub-Hookshot/5a4dbce",
    "x-github-delivery": guid,
    "x-github-event": event,
    "x-github-hook-id": String(target.hook),
    "x-github-hook-installation-target-id": String(target.targetId),
    "x-github-hook-installation-target-type": target.kind,
    ...signatures,
  };
}
