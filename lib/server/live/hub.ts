import { randomBytes } from "node:crypto";
import type { Actor } from "../../domain/access/actor.ts";
import { mayHear, type Audience } from "./audience.ts";
import type { LiveMessage } from "./live-message.ts";

export interface Subscriber {
  actor: Actor;
  send(eventId: string, message: LiveMessage): void;
  /** Events may be missing: read everything again. */
  resync(): void;
}

interface Kept {
  sequence: number;
  message: LiveMessage;
  audience: Audience;
}

/** Messages kept for browsers that come back with Last-Event-ID; beyond it they read everything again. */
const bufferSize = 1_000;

/** Fans one stream of notifications out to this process's browsers, each after what its person may see. */
export class LiveHub {
  readonly #run = randomBytes(4).toString("hex");
  readonly #subscribers = new Set<Subscriber>();
  #kept: Kept[] = [];
  #sequence = 0;

  publish(message: LiveMessage, audience: Audience): void {
    this.#sequence += 1;
    this.#kept.push({ sequence: this.#sequence, message, audience });
    if (this.#kept.length > bufferSize) this.#kept.shift();
    for (const subscriber of this.#subscribers) {
      if (mayHear(subscriber.actor, audience)) subscriber.send(this.#id(this.#sequence), message);
    }
  }

  resync(): void {
    this.#kept = [];
    for (const subscriber of this.#subscribers) subscriber.resync();
  }

  /** Adds a browser; with the id it last saw, what it missed is sent at once. Returns how to remove it. */
  subscribe(subscriber: Subscriber, lastEventId: string | null): () => void {
    this.#subscribers.add(subscriber);
    if (lastEventId) this.#replay(subscriber, lastEventId);
    return () => this.#subscribers.delete(subscriber);
  }

  get size(): number {
    return this.#subscribers.size;
  }

  #id(sequence: number): string {
    return `${this.#run}-${String(sequence)}`;
  }

  #replay(subscriber: Subscriber, lastEventId: string): void {
    const [run, sequence] = lastEventId.split("-");
    const seen = Number(sequence);
    const first = this.#kept[0]?.sequence ?? this.#sequence + 1;
    if (run !== this.#run || !Number.isInteger(seen) || seen + 1 < first) {
      subscriber.resync();
      return;
    }
    for (const { sequence: number, message, audience } of this.#kept) {
      if (number > seen && mayHear(subscriber.actor, audience)) subscriber.send(this.#id(number), message);
    }
  }
}
