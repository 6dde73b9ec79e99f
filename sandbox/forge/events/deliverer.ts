import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Delivery, Hook } from "../state/state.ts";
import { now } from "../state/now.ts";
import type { Store } from "../state/store.ts";
import { DeliveryFaults } from "./delivery-faults.ts";
import { deliveryBody, deliveryHeaders } from "./delivery-request.ts";
import type { DeliveryTarget } from "./delivery-request.ts";

/** One event for one hook, with the GUID that every attempt carries. */
interface Parcel {
  target: DeliveryTarget;
  event: string;
  action: string | null;
  guid: string;
  json: string;
  redelivery: boolean;
}

const timeoutMs = 10_000;
const remembered = 200;

/**
 * Sends webhooks as GitHub does: once, signed over the very bytes, ten seconds to answer, never again by itself.
 * Deliveries to one hook keep their order; failures are remembered in the delivery list and otherwise of no
 * consequence. Redelivery is asked for and keeps the GUID. {@link faults} makes deliveries lost, double, late or held.
 */
export class Deliverer {
  readonly faults = new DeliveryFaults();
  readonly #store: Store;
  readonly #log: (message: string) => void;
  readonly #queues = new Map<number, Promise<void>>();
  readonly #late = new Set<Promise<void>>();
  readonly #abort = new AbortController();
  /** Parcels by delivery id, to be sent again; a restart forgets them, GitHub does so after three days. */
  readonly #sent = new Map<number, Parcel>();
  #held: Parcel[] = [];

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
      this.#post({ ...target, ...app.webhook }, event, { ...payload, installation });
    }
    for (const hook of state.hooks) {
      if (wants(hook, event)) this.toHook(hook, event, payload);
    }
  }

  /** Queues an event for one repository hook, whether subscribed or not (`ping`). */
  toHook(hook: Hook, event: string, payload: Record<string, unknown>): void {
    const { id, url, secret, contentType } = hook;
    const targetId = this.#store.state.repository.id;
    this.#post({ hook: id, kind: "repository", targetId, url, secret, contentType }, event, payload);
  }

  /** Sends a delivery once more, under its GUID; false when its payload is no longer known. */
  redeliver(id: number): boolean {
    const parcel = this.#sent.get(id);
    if (parcel === undefined) return false;
    this.#enqueue({ ...parcel, redelivery: true });
    return true;
  }

  /** The payload of a delivery while it is known. */
  payloadOf(id: number): unknown {
    const parcel = this.#sent.get(id);
    return parcel === undefined ? null : (JSON.parse(parcel.json) as unknown);
  }

  /** Sends what faults held back, in its order or reversed; returns how many. */
  release(reversed: boolean): number {
    const held = reversed ? this.#held.toReversed() : this.#held;
    this.#held = [];
    for (const parcel of held) this.#enqueue(parcel);
    return held.length;
  }

  /** Waits until every queued delivery was tried. */
  async settle(): Promise<void> {
    await Promise.all([...this.#queues.values(), ...this.#late]);
  }

  /** Gives up what is under way. */
  async close(): Promise<void> {
    this.#abort.abort();
    await this.settle();
  }

  #post(target: DeliveryTarget, event: string, payload: Record<string, unknown>): void {
    const action = typeof payload.action === "string" ? payload.action : null;
    const guid = randomUUID();
    const parcel = { target, event, action, guid, json: JSON.stringify(payload), redelivery: false };
    const fault = this.faults.take(event);
    if (fault?.kind === "lose") this.#remember(parcel, Date.now(), 0, "failed to connect to host");
    else if (fault?.kind === "hold") this.#held.push(parcel);
    else if (fault?.kind === "late") this.#sendLate(parcel, fault.delayMs);
    else this.#enqueue(parcel);
    if (fault?.kind === "double") this.#enqueue(parcel);
  }

  #sendLate(parcel: Parcel, delayMs: number): void {
    const late = delay(delayMs, undefined, { signal: this.#abort.signal })
      .then(() => this.#send(parcel))
      .catch(() => undefined)
      .finally(() => this.#late.delete(late));
    this.#late.add(late);
  }

  #enqueue(parcel: Parcel): void {
    const { hook } = parcel.target;
    const before = this.#queues.get(hook) ?? Promise.resolve();
    const mine = before.then(() => this.#send(parcel));
    this.#queues.set(hook, mine);
    void mine.finally(() => {
      if (this.#queues.get(hook) === mine) this.#queues.delete(hook);
    });
  }

  async #send(parcel: Parcel): Promise<void> {
    if (this.#abort.signal.aborted) return;
    const { target, event, guid, json } = parcel;
    const started = Date.now();
    let statusCode = 0;
    let status = "OK";
    try {
      const body = deliveryBody(target, json);
      const response = await fetch(target.url, {
        method: "POST",
        body,
        headers: deliveryHeaders(target, { event, guid, host: "127.0.0.1" }, body),
        redirect: "manual",
        signal: AbortSignal.any([this.#abort.signal, AbortSignal.timeout(timeoutMs)]),
      });
      await response.body?.cancel();
      statusCode = response.status;
      if (!response.ok) status = `Invalid HTTP Response: ${String(statusCode)}`;
    } catch (error) {
      const timedOut = error instanceof Error && error.name === "TimeoutError";
      status = timedOut ? "timed out" : "failed to connect to host";
    }
    if (status !== "OK") this.#log(`webhook ${event} to ${target.url}: ${status}`);
    this.#remember(parcel, started, statusCode, status);
  }

  #remember(parcel: Parcel, started: number, statusCode: number, status: string): void {
    const { target, guid, event, action, redelivery } = parcel;
    const { deliveries } = this.#store.state;
    const delivery: Delivery = {
      id: this.#store.id(),
      hook: target.hook,
      guid,
      event,
      action,
      redelivery,
      deliveredAt: now(),
      durationSeconds: (Date.now() - started) / 1000,
      statusCode,
      status,
    };
    deliveries.push(delivery);
    this.#sent.set(delivery.id, parcel);
    for (const old of deliveries.splice(0, Math.max(0, deliveries.length - remembered)))
      this.#sent.delete(old.id);
    this.#store.save();
  }
}

function wants(hook: Hook, event: string): boolean {
  return hook.active && (hook.events.includes("*") || hook.events.includes(event));
}
