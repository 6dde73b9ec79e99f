import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const debian = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const find = (): string | null => {
  const named = process.env["CHROMIUM"];
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM names ${named}, which does not exist.`);
  }
  return debian.find((path) => existsSync(path)) ?? null;
};

function quietly(command: string, args: string[]): boolean {
  return (
    spawnSync(command, args, { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } })
      .status === 0
  );
}

/**
 * Path of a Chromium for the journeys, or null for Playwright's own. Installs Debian's as root where it is missing,
 * else Playwright's. Throws with what to do where neither works.
 */
export function findChromium(): string | null {
  const found = find();
  if (found) return found;
  if (existsSync(chromium.executablePath())) return null;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("  installing Debian's chromium (once)");
    quietly("apt-get", ["update"]);
    if (quietly("apt-get", ["install", "-y", "--no-install-recommends", "chromium"])) return find();
  }
  console.log("  installing Playwright's chromium (once)");
  if (quietly("npx", ["playwright", "install", "chromium"]) && existsSync(chromium.executablePath()))
    return null;
  throw new Error(
    "No Chromium for the journeys: install Debian's (apt-get install chromium), run " +
      '"npx playwright install --with-deps chromium", or name one in CHROMIUM.',
  );
}
