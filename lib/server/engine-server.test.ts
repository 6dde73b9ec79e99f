import { expect, test } from "vitest";
import { startEngineServer } from "./engine-server.ts";

test("an engine without pages is alive before it is ready, and counts itself", async () => {
  const server = await startEngineServer(0);
  const get = (path: string) => fetch(`http://127.0.0.1:${String(server.port)}${path}`);
  try {
    expect((await get("/healthz")).status).toBe(200);
    // No database here: it says so, instead of dying of it.
    const ready = await get("/readyz");
    const answer = { ready: false, missing: ["database"], degraded: [] };
    expect([ready.status, await ready.json()]).toEqual([503, answer]);
    expect(await (await get("/metrics")).text()).toContain("fleetwright_sync_leading 0");
    expect((await get("/other")).status).toBe(404);
  } finally {
    await server.close();
  }
});
