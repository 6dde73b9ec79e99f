import { describe, expect, it } from "vitest";
import { ForgeError, type Forge } from "../forge.ts";
import { inOwnName } from "./in-own-name.ts";

function failing(error: Error, onTrouble?: (error: ForgeError) => void): Forge {
  const calls: Partial<Forge> = {
    fullName: "acme/fleet",
    repository: () => Promise.reject(error),
    pullRequests: async function* () {
      yield await Promise.reject(error);
    },
  };
  return inOwnName(calls as Forge, onTrouble);
}

const refused = new ForgeError("unauthenticated", "The forge no longer accepts your sign-in.", {
  status: 401,
});
const noRight = new ForgeError("forbidden", "The forge refuses this.", {
  status: 403,
  details: ["Resource not accessible by integration"],
  cause: { request: { url: "https://forge.example/api/v3/repos/acme/fleet/check-runs" } },
});

describe("the portal's own forge", () => {
  it("never tells a person that his sign-in ended where the App's own credentials are refused", async () => {
    await expect(failing(refused).repository()).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/Fleetwright's own credentials \(401\)/) as string,
    });
    const list = failing(refused).pullRequests()[Symbol.asyncIterator]();
    await expect(list.next()).rejects.toMatchObject({ message: expect.stringMatching(/own/) as string });
  });

  it("names the permission that the App lacks", async () => {
    await expect(failing(noRight).repository()).rejects.toMatchObject({
      message:
        "Fleetwright's App lacks a permission on the forge: Checks. A platform engineer must grant it.",
    });
  });

  it("names the scope that its token lacks, and sends nobody to sign in again for it", async () => {
    const lost = new ForgeError("forbidden", "Sign in again and grant it.", {
      status: 404,
      missingScope: "repo",
    });
    await expect(failing(lost).repository()).rejects.toMatchObject({
      message: expect.stringMatching(/own token lacks the scope repo/) as string,
      missingScope: null,
    });
  });

  it("tells of what is wrong with the forge as a whole at the call that met it, and of no other refusal", async () => {
    const heard: string[] = [];
    const hear = ({ message }: ForgeError) => heard.push(message);
    const trouble = new ForgeError("unavailable", "The forge is in trouble (503).", { status: 503 });
    const conflict = new ForgeError("conflict", "Something changed.", { status: 409 });
    for (const error of [trouble, refused, conflict])
      await expect(failing(error, hear).repository()).rejects.toThrow();
    const list = failing(trouble, hear).pullRequests()[Symbol.asyncIterator]();
    await expect(list.next()).rejects.toThrow();
    expect(heard).toEqual([
      trouble.message,
      expect.stringMatching(/own credentials \(401\)/) as string,
      trouble.message,
    ]);
  });

  it("passes on whatever is no matter of its own", async () => {
    const trouble = new ForgeError("unavailable", "The forge is in trouble (503).", { status: 503 });
    await expect(failing(trouble).repository()).rejects.toBe(trouble);
    expect(failing(trouble).fullName).toBe("acme/fleet");
  });
});
