import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { actorOf } from "../../domain/access/testing/matrix.ts";
import type { Actor } from "../../domain/access/actor.ts";
import { rightsAge } from "../../domain/access/rights-age.ts";
import type { Audience } from "./audience.ts";
import { LiveHub } from "./hub.ts";
import { openStream } from "./stream.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const cluster = { topic: "cluster", id: "a" };
const audience: Audience = { everybody: false, teams: ["payments"], logins: [] };

/** A browser's stream whose person is what `actor` says whenever it is looked at. */
function open(hub: LiveHub, actor: () => Actor | null) {
  const request = new Request("http://127.0.0.1:1/api/events");
  const findActor = () => Promise.resolve(actor());
  const response = openStream(hub, actorOf("requester"), { request, findActor });
  let text = "";
  let ended = false;
  const decoder = new TextDecoder();
  void (async () => {
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk);
    ended = true;
  })();
  return { heard: () => text, ended: () => ended };
}

test("a right that is gone is felt by an open stream within 60 s without anybody's word, and the stream starts over", async () => {
  const hub = new LiveHub();
  let current: Actor = actorOf("requester");
  const stream = open(hub, () => current);
  hub.publish(cluster, audience);
  await vi.advanceTimersByTimeAsync(0);
  expect(stream.heard()).toContain('"id":"a"');
  current = { ...current, teams: ["search"] };
  await vi.advanceTimersByTimeAsync(60_000 - rightsAge.maxAgeMs);
  expect(stream.heard()).toContain("event: resync");
  hub.publish({ ...cluster, id: "b" }, audience);
  await vi.advanceTimersByTimeAsync(0);
  expect(stream.heard()).not.toContain('"id":"b"');
});

test.each([
  ["a session that is over", null],
  ["a person without a role", actorOf("nobody")],
])("%s ends the stream within 60 s", async (_name, then) => {
  const hub = new LiveHub();
  let current: Actor | null = actorOf("requester");
  const stream = open(hub, () => current);
  current = then;
  await vi.advanceTimersByTimeAsync(60_000 - rightsAge.maxAgeMs);
  expect(stream.ended()).toBe(true);
  expect(hub.size).toBe(0);
});
