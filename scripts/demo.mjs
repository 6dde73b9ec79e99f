/** `npm run demo`: a running fleet of 50 clusters on this machine. `--reset` forgets the last one's state. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { become, checkMachine, install, root, step } from "./bootstrap.mjs";

checkMachine();
if (process.argv.includes("--reset")) {
  rmSync(join(root, ".sandbox"), { recursive: true, force: true });
  step("the demo's state is gone; `make demo` starts over");
} else {
  install();
  await become("scripts/demo/main.ts", process.argv.slice(2));
}
