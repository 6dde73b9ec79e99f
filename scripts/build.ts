/** Builds the portal for production, in .cache/portal, ready to run; skipped where the sources have not changed. */
import { buildPortal } from "./demo/build-portal.ts";
import { stopSignal } from "./demo/stop-signal.ts";

console.log(await buildPortal({ signal: stopSignal(), onStep: (text) => console.log(text) }));
