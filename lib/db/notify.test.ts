import { Client } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { listen, type Notification } from "./notify.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
let sender: Client;

beforeAll(async () => {
  database = await testDatabase();
  sender = new Client({ connectionString: database.url });
  await sender.connect();
});
afterAll(async () => {
  await sender.end();
  await database.close();
});

const send = (payload: string) => sender.query("SELECT pg_notify('fleetwright', $1)", [payload]);

test("a cut connection comes back, asks for a resync, and hears again", async () => {
  const heard: Notification[] = [];
  const onResync = vi.fn();
  const listener = listen({ url: database.url, onMessage: (message) => heard.push(message), onResync });
  await vi.waitFor(async () => {
    await send('{"topic":"cluster","id":"one"}');
    expect(heard).toContainEqual({ topic: "cluster", id: "one" });
  });
  await sender.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  await vi.waitFor(() => expect(onResync).toHaveBeenCalledTimes(1), 5_000);
  await send("not json");
  await send('{"topic":"cluster","id":"two"}');
  await vi.waitFor(() => expect(heard).toContainEqual({ topic: "cluster", id: "two" }));
  await listener.close();
  await listener.close();
});
