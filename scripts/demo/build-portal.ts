import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const output = join(root, ".next/standalone");
const stamp = join(root, ".next/fleetwright-built");
const sources = [
  "app",
  "components",
  "lib",
  "public",
  "prisma",
  "proxy.ts",
  "instrumentation.ts",
  "next.config.ts",
];
const settings = ["package-lock.json", "tsconfig.json", "postcss.config.mjs"];

/** A hash over everything the build reads, whether committed or not. */
function sourceHash(): string {
  const list = execFileSync(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard", ...sources, ...settings],
    { cwd: root, maxBuffer: 1 << 26 },
  );
  const hash = createHash("sha256");
  for (const file of [...new Set(list.toString().split("\0"))].sort()) {
    const path = join(root, file);
    if (file === "" || file.endsWith(".test.ts") || file.endsWith(".test.tsx") || !existsSync(path)) continue;
    hash.update(`${file}\0`).update(readFileSync(path));
  }
  return hash.digest("hex");
}

function nextBuild(): Promise<void> {
  const cli = join(root, "node_modules/next/dist/bin/next");
  return new Promise((done, reject) => {
    const output: Buffer[] = [];
    const child = spawn(process.execPath, [cli, "build"], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      // Types are a check of their own; here they would only cost time.
      env: {
        ...process.env,
        NEXT_TELEMETRY_DISABLED: "1",
        FLEETWRIGHT_SKIP_TYPES: "1",
        NODE_ENV: "production",
      },
    });
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code === 0) done();
      else reject(new Error(`next build failed:\n${Buffer.concat(output).toString()}`));
    });
  });
}

/** The production portal in .next/standalone, with its static files beside it. Returns the folder of server.js. */
export async function buildPortal({ force = false }: { force?: boolean } = {}): Promise<string> {
  const hash = sourceHash();
  const built =
    existsSync(stamp) && readFileSync(stamp, "utf8") === hash && existsSync(join(output, "server.js"));
  if (built && !force) return output;
  rmSync(stamp, { force: true });
  await nextBuild();
  cpSync(join(root, ".next/static"), join(output, ".next/static"), {
    recursive: true,
    verbatimSymlinks: true,
  });
  if (existsSync(join(root, "public")))
    cpSync(join(root, "public"), join(output, "public"), { recursive: true });
  writeFileSync(stamp, hash);
  return output;
}
