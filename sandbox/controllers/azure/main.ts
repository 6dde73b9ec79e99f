import { durationsOfEnvironment } from "../capi/durations.ts";
import { runMain } from "../runtime/run-main.ts";
import { startProviderAzure } from "./start-provider-azure.ts";

await runMain((connection) => startProviderAzure(connection, { durations: durationsOfEnvironment }));
