import { durationsOfEnvironment } from "../capi/durations.ts";
import { runMain } from "../runtime/run-main.ts";
import { startWorkloads } from "./start-workloads.ts";

await runMain((connection) => startWorkloads(connection, { durations: durationsOfEnvironment }));
