import { parseArgs } from "node:util";
import { runMain } from "../runtime/run-main.ts";
import { startFluxSource } from "./start-flux-source.ts";

// flux-source alone: `node main.ts --kubeconfig FILE [--data-dir DIR] [--port N]`.
const { values } = parseArgs({
  options: { kubeconfig: { type: "string" }, "data-dir": { type: "string" }, port: { type: "string" } },
  strict: true,
});

await runMain(async (connection) => {
  const running = await startFluxSource({
    connection,
    dataDir: values["data-dir"],
    port: Number(values.port ?? 0),
  });
  process.stdout.write(`artifacts at ${running.url}\n`);
  return running;
});
