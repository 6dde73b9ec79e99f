import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withTempDir } from "../../lib/kustomize/temp-dir.ts";
import { removeOldFolders, useFolder } from "./portal-folders.ts";

test("the newest three stay, and of the older those whose portal runs", async () => {
  await withTempDir("folders-test", (parent) => {
    const names = ["a", "b", "c", "d", "e", "f"];
    for (const name of names) mkdirSync(join(parent, name));
    useFolder(join(parent, "a"));
    const ended = spawnSync(process.execPath, ["-e", "0"]).pid;
    mkdirSync(join(parent, "b/.users"));
    writeFileSync(join(parent, "b/.users", String(ended)), "");
    names.forEach((name, age) => utimesSync(join(parent, name), age, age));
    removeOldFolders(parent);
    expect(readdirSync(parent)).toEqual(["a", "d", "e", "f"]);
    return Promise.resolve();
  });
});
