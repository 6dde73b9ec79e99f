import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startController } from "./controller.ts";
import type { Controller } from "./controller.ts";
import { startFakeApi } from "./fake-api.ts";
import type { FakeApi } from "./fake-api.ts";
import { KubeClient } from "./kube-client.ts";
import { kinds } from "./kind.ts";
import { keyOf } from "./objects.ts";

let api: FakeApi;
let client: KubeClient;
let controller: Controller | undefined;

beforeEach(async () => {
  api = await startFakeApi();
  client = new KubeClient({ server: api.url }, { fieldManager: "test" });
});

afterEach(async () => {
  await controller?.close();
  controller = undefined;
  await client.close();
  await api.close();
});

function start(reconcile: (key: string) => Promise<{ requeueAfterMs?: number } | undefined>): Controller {
  const watches = [{ kind: kinds.configMap, map: (object: Parameters<typeof keyOf>[0]) => [keyOf(object)] }];
  controller = startController({ client, name: "test", watches, reconcile });
  return controller;
}

const watching = (): boolean => api.requests.some((line) => line.includes("watch=true"));

describe("startController", () => {
  it("reconciles what is listed, then what the watch brings, also deletions", async () => {
    const seen: string[] = [];
    api.put("one");
    const running = start((key) => {
      seen.push(key);
      return Promise.resolve(undefined);
    });
    await vi.waitFor(() => expect(seen).toEqual(["default/one"]));
    await vi.waitFor(() => expect(watching()).toBe(true));
    api.put("two");
    await vi.waitFor(() => expect(seen).toEqual(["default/one", "default/two"]));
    api.remove("one");
    await vi.waitFor(() => expect(seen).toEqual(["default/one", "default/two", "default/one"]));
    expect(running.informer(kinds.configMap).get("one", "default")).toBeUndefined();
    expect(running.informer(kinds.configMap).get("two", "default")).toBeDefined();
  });

  it("never runs a key twice at once, and once more when it changed meanwhile", async () => {
    let running = 0;
    let most = 0;
    let runs = 0;
    const gates: (() => void)[] = [];
    api.put("one");
    start(async () => {
      runs += 1;
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => gates.push(resolve));
      running -= 1;
      return undefined;
    });
    await vi.waitFor(() => expect(gates).toHaveLength(1));
    controller?.enqueue("default/one");
    controller?.enqueue("default/one");
    gates[0]?.();
    await vi.waitFor(() => expect(gates).toHaveLength(2));
    gates[1]?.();
    await vi.waitFor(() => expect(running).toBe(0));
    expect([runs, most]).toEqual([2, 1]);
  });

  it("retries a failure and honours requeueAfterMs", async () => {
    let runs = 0;
    api.put("one");
    start(() => {
      runs += 1;
      return runs === 1
        ? Promise.reject(new Error("no"))
        : Promise.resolve({ requeueAfterMs: runs < 4 ? 5 : 0 });
    });
    await vi.waitFor(() => expect(runs).toBe(4), 3_000);
  });

  it("relists after 410 and drops what is gone", async () => {
    api.put("one");
    const seen: string[] = [];
    const running = start((key) => {
      seen.push(key);
      return Promise.resolve(undefined);
    });
    await vi.waitFor(() => expect(watching()).toBe(true));
    const gone = { kind: "Status", code: 410, reason: "Expired", message: "too old resource version" };
    api.endWatches(`${JSON.stringify({ type: "ERROR", object: gone })}\n`);
    api.remove("one");
    api.put("two");
    await vi.waitFor(() =>
      expect(running.informer(kinds.configMap).list().map(keyOf)).toEqual(["default/two"]),
    );
    expect(seen).toContain("default/two");
  });

  it("goes on from the last resourceVersion when the server ends a watch in good order", async () => {
    start(() => Promise.resolve(undefined));
    await vi.waitFor(() => expect(watching()).toBe(true));
    api.put("one");
    await vi.waitFor(() => expect(controller?.informer(kinds.configMap).list()).toHaveLength(1));
    api.endWatches();
    const last = (): string => api.requests.at(-1) ?? "";
    await vi.waitFor(
      () => expect(last()).toContain("watch=true&allowWatchBookmarks=true&resourceVersion=11"),
      3_000,
    );
    expect(api.requests.filter((line) => !line.includes("watch=true"))).toHaveLength(1);
  });
});
