import { runMain } from "../runtime/run-main.ts";
import { durationsOfEnvironment } from "./durations.ts";
import { startCapiCore } from "./start-capi-core.ts";

await runMain((connection) => startCapiCore(connection, { durations: durationsOfEnvironment }));
