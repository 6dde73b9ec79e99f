import { describe, expect, test } from "vitest";
import type { Actor, Role } from "../../domain/access/actor.ts";
import type { Audience } from "./audience.ts";
import { LiveHub, type Subscriber } from "./hub.ts";
import type { LiveMessage } from "./live-message.ts";

const actor = (roles: Role[], teams: string[] = [], login = "lena.k"): Actor => ({
  userId: login,
  login,
  name: login,
  image: null,
  roles,
  teams,
});

function browser(who: Actor): Subscriber & { heard: LiveMessage[]; ids: string[]; resyncs: number } {
  const state = {
    actor: who,
    heard: [] as LiveMessage[],
    ids: [] as string[],
    resyncs: 0,
    send(id: string, message: LiveMessage) {
      state.ids.push(id);
      state.heard.push(message);
    },
    resync() {
      state.resyncs += 1;
    },
  };
  return state;
}

const cluster = (id: string): LiveMessage => ({ topic: "cluster", id });
const teams = (...names: string[]): Audience => ({ everybody: false, teams: names, logins: [] });

describe("who hears what", () => {
  const cases: [string, Actor, Audience, boolean][] = [
    ["a viewer hears of every cluster", actor(["viewer"]), teams("payments"), true],
    ["a requester hears of his team's", actor(["requester"], ["payments"]), teams("payments"), true],
    [
      "a requester hears nothing of another team's",
      actor(["requester"], ["search"]),
      teams("payments"),
      false,
    ],
    ["a cluster without team is for wide roles only", actor(["requester"], ["search"]), teams(), false],
    [
      "a move reaches the team it leaves",
      actor(["requester"], ["search"]),
      teams("payments", "search"),
      true,
    ],
    [
      "who asked hears of his change",
      actor(["requester"]),
      { everybody: false, teams: [], logins: ["lena.k"] },
      true,
    ],
    ["somebody without a role hears nothing", actor([], ["payments"]), teams("payments"), false],
    ["what is for everybody reaches everybody with a role", actor(["requester"]), { everybody: true }, true],
    ["but nobody without one", actor([], ["payments"]), { everybody: true }, false],
  ];
  test.each(cases)("%s", (_name, who, audience, hears) => {
    const hub = new LiveHub();
    const tab = browser(who);
    hub.subscribe(tab, null);
    hub.publish(cluster("a"), audience);
    expect(tab.heard.length).toBe(hears ? 1 : 0);
  });
});

test("a browser that comes back is sent what it missed, and only that", () => {
  const hub = new LiveHub();
  const first = browser(actor(["viewer"]));
  const leave = hub.subscribe(first, null);
  hub.publish(cluster("a"), teams("x"));
  leave();
  hub.publish(cluster("b"), teams("x"));
  const again = browser(actor(["viewer"]));
  hub.subscribe(again, first.ids.at(-1) ?? null);
  expect(again.heard).toEqual([cluster("b")]);
  expect(again.resyncs).toBe(0);
});

test.each(["gone-12", "nonsense", "x-y-z"])(
  "an id of another run (%s) means: read everything again",
  (id) => {
    const hub = new LiveHub();
    const tab = browser(actor(["viewer"]));
    hub.subscribe(tab, id);
    expect(tab.resyncs).toBe(1);
  },
);

test("beyond the buffer a browser reads everything again", () => {
  const hub = new LiveHub();
  const first = browser(actor(["viewer"]));
  const leave = hub.subscribe(first, null);
  hub.publish(cluster("0"), teams("x"));
  leave();
  for (let number = 1; number <= 1_100; number += 1) hub.publish(cluster(String(number)), teams("x"));
  const again = browser(actor(["viewer"]));
  hub.subscribe(again, first.ids[0] ?? null);
  expect(again.resyncs).toBe(1);
});
