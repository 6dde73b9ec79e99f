/** `npm run bench -- [name] [--clusters N]`: figures, never a verdict (docs/benchmarks.md). */
import { parseArgs } from "node:util";
import type { ApiRole } from "./roles/api.ts";
import type { EngineRole } from "./roles/engine.ts";
import type { PortalRole } from "./roles/portal.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { role: { type: "string" }, clusters: { type: "string", default: "50" } },
});

const options: unknown = values.role === undefined ? null : JSON.parse(positionals[0] ?? "");
switch (values.role) {
  case "api":
    await (await import("./roles/api.ts")).runApi(options as ApiRole);
    break;
  case "engine":
    await (await import("./roles/engine.ts")).runEngine(options as EngineRole);
    break;
  case "portal":
    await (await import("./roles/portal.ts")).runPortal(options as PortalRole);
    break;
  default:
    await (await import("./run.ts")).run(positionals, Number(values.clusters));
}
