import { afterAll, beforeAll, expect, test } from "vitest";
import { startChangeStack, type ChangeStack } from "../../changes/testing/change-stack.ts";
import { readMembers } from "./read-members.ts";

let stack: ChangeStack;

beforeAll(async () => {
  stack = await startChangeStack();
  await stack.world.mirror.fetch();
});

afterAll(() => stack.close());

async function signedIn(login: string, forgeTeams: string[], endsInMs: number): Promise<string> {
  const { id } = await stack.db.user.create({
    data: {
      ...{ forgeId: BigInt(login.length + 100), login, forgeTeams },
      sessions: { create: { sessionToken: `hash of ${login}`, expires: new Date(Date.now() + endsInMs) } },
    },
  });
  return id;
}

const teamsOf = async (id: string): Promise<string[]> =>
  (await stack.db.user.findUniqueOrThrow({ where: { id } })).forgeTeams;

test("who is no longer in a team loses it without his own token, and nobody else loses anything", async () => {
  // As once read with his own token: since then sam was taken out of the approvers.
  const sam = await signedIn("sam", ["team-leads", "search-devs", "fleet-approvers"], 3_600_000);
  const nadia = await signedIn("Nadia", ["fleet-approvers", "a-team-fleet-yaml-does-not-name"], 3_600_000);
  // Of a team nobody is in, as of one we may not see, nothing is known.
  const platform = await signedIn("pat-jr", ["hidden"], 3_600_000);
  const over = await signedIn("long-gone-person", ["platform"], -1);
  expect(await readMembers(stack.world, "hidden")).toEqual({ teams: 4, people: 3, taken: 1 });
  expect(await teamsOf(sam)).toEqual(["team-leads", "search-devs"]);
  expect(await teamsOf(nadia)).toEqual(["fleet-approvers", "a-team-fleet-yaml-does-not-name"]);
  expect(await teamsOf(platform)).toEqual(["hidden"]);
  expect(await teamsOf(over)).toEqual(["platform"]);
  expect(await readMembers(stack.world, "hidden")).toMatchObject({ taken: 0 });
});
