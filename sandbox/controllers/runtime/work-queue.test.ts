import { expect, it, vi } from "vitest";
import { WorkQueue } from "./work-queue.ts";

it("handles keys of a lower rank first, and equal ones in the order they came", async () => {
  const seen: string[] = [];
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const queue = new WorkQueue({
    concurrency: 1,
    handle: async (key) => {
      await gate;
      seen.push(key);
      return undefined;
    },
    onError: () => undefined,
    rank: (key) => Number(key.split("-")[1]),
  });
  for (const key of ["running-2", "late-2", "middle-1", "early-0", "last-2", "soon-0"]) queue.add(key);
  open();
  await vi.waitFor(() => expect(seen).toHaveLength(6));
  expect(seen).toEqual(["running-2", "early-0", "soon-0", "middle-1", "late-2", "last-2"]);
  await queue.close();
});
