import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withTempDir } from "../../lib/kustomize/temp-dir.ts";
import { releasePidLock, takePidLock } from "./pid-lock.ts";

const inLock = (use: (file: string) => void): Promise<void> =>
  withTempDir("lock-test", (dir) => {
    use(join(dir, "below/lock"));
    return Promise.resolve();
  });

test("a living holder keeps the lock, and nobody else gives it back", async () => {
  await inLock((file) => {
    expect(takePidLock(file)).toBe(process.pid);
    writeFileSync(file, String(process.ppid));
    expect(takePidLock(file)).toBe(process.ppid);
    releasePidLock(file);
    expect(readFileSync(file, "utf8")).toBe(String(process.ppid));
  });
});

test("a dead holder's lock and an unreadable one are taken over", async () => {
  await inLock((file) => {
    expect(takePidLock(file)).toBe(process.pid);
    const { pid } = spawnSync(process.execPath, ["-e", "0"]);
    writeFileSync(file, String(pid));
    expect(takePidLock(file)).toBe(process.pid);
    writeFileSync(file, "");
    expect(takePidLock(file)).toBe(process.pid);
    releasePidLock(file);
    expect(() => readFileSync(file)).toThrow("ENOENT");
  });
});
