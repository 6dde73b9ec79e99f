import { durationsOfEnvironment } from "../capi/durations.ts";
import { runMain } from "../runtime/run-main.ts";
import { startProviderDev } from "./start-provider-dev.ts";

await runMain((connection) => startProviderDev(connection, { durations: durationsOfEnvironment }));
