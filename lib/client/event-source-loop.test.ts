import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openEventSourceLoop } from "./event-source-loop.ts";
import type { StreamMessage } from "./event-source-loop.ts";

/** A browser's EventSource as far as the loop uses it. */
class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  static all: FakeSource[] = [];
  readyState = 0;
  closed = false;
  constructor() {
    super();
    FakeSource.all.push(this);
  }
  close() {
    this.closed = true;
    this.readyState = FakeSource.CLOSED;
  }
  says(type: string, data = "{}") {
    this.dispatchEvent(new MessageEvent(type, { data }));
  }
}

const last = () => {
  const source = FakeSource.all.at(-1);
  if (!source) throw new Error("no stream was opened");
  return source;
};

function open() {
  const messages: StreamMessage[] = [];
  const states: boolean[] = [];
  const close = openEventSourceLoop({
    url: "/api/events",
    onMessage: (message) => messages.push(message),
    onConnected: (connected) => states.push(connected),
  });
  return { messages, states, close };
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSource.all = [];
  vi.stubGlobal("EventSource", FakeSource);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("openEventSourceLoop", () => {
  it("hands on events and skips what it cannot read", () => {
    const { messages, close } = open();
    last().says("message", JSON.stringify({ topic: "cluster", id: "c1" }));
    last().says("message", "not json");
    last().says("message", "[]");
    last().says("resync");
    expect(messages).toEqual([{ kind: "event", topic: "cluster", id: "c1" }, { kind: "resync" }]);
    close();
  });

  it("opens a refused stream anew, later each time, and has everything read again once it is open", () => {
    const { messages, states, close } = open();
    for (let n = 1; n <= 3; n += 1) {
      last().readyState = FakeSource.CLOSED;
      last().says("error");
      vi.advanceTimersByTime(1_000 * 2 ** n);
      expect(FakeSource.all).toHaveLength(n + 1);
    }
    last().says("open");
    expect(states.at(-1)).toBe(true);
    expect(messages).toEqual([{ kind: "resync" }]);
    close();
  });

  it("takes a stream without a beat for dead", () => {
    const { states, close } = open();
    last().says("open");
    last().says("ping");
    vi.advanceTimersByTime(60_000);
    expect(states).toContain(false);
    expect(FakeSource.all[0]?.closed).toBe(true);
    expect(FakeSource.all.length).toBeGreaterThan(1);
    close();
  });

  it("leaves nothing open when it is closed", () => {
    const { close } = open();
    last().says("ping");
    close();
    vi.advanceTimersByTime(120_000);
    expect(FakeSource.all).toHaveLength(1);
    expect(last().closed).toBe(true);
  });
});
