import { expect, test } from "vitest";
import { whatIsMissing, type Standing } from "./what-is-missing.ts";

const now = new Date("2026-11-24T12:00:00Z");
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const good: Standing = {
  management: { syncedAt: ago(1), lastContactAt: ago(0) },
  repository: { headSha: "a" },
  wasReady: false,
  stopping: false,
  now,
};
const old = "a sync of the management cluster in the last 5 minutes";

test.each<[string, Partial<Standing>, string[]]>([
  ["a fresh sync and a read repository", {}, []],
  ["a database nobody wrote to", { management: null }, ["first sync of the management cluster"]],
  [
    "a first sync under way",
    { management: { syncedAt: null, lastContactAt: now } },
    ["first sync of the management cluster"],
  ],
  ["what a leader left that is gone", { management: { syncedAt: ago(60), lastContactAt: ago(60) } }, [old]],
  ["a new leader that has not written yet", { management: { syncedAt: ago(60), lastContactAt: now } }, [old]],
  ["a management cluster that fell silent", { management: { syncedAt: now, lastContactAt: ago(6) } }, [old]],
  ["a repository never read", { repository: { headSha: null } }, ["first read of the fleet repository"]],
  [
    "silence after it was ready once",
    { wasReady: true, management: { syncedAt: ago(60), lastContactAt: ago(60) } },
    [],
  ],
  ["a process that stops", { wasReady: true, stopping: true }, ["the process is stopping"]],
])("%s", (_, change, missing) => {
  expect(whatIsMissing({ ...good, ...change })).toEqual(missing);
});
