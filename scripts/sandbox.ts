/** `npm run sandbox -- <what>` turns faults on and off in the running demo; without words it lists what it can. */
import { readDemoFile } from "../sandbox/run/faults/demo-file.ts";
import { FaultTools } from "../sandbox/run/faults/fault-tools.ts";
import { runFaults, usage } from "../sandbox/run/faults/run-faults.ts";

const words = process.argv.slice(2);
if (words.length === 0) {
  console.log(usage());
} else {
  try {
    const tools = new FaultTools(readDemoFile());
    console.log(await runFaults(words, tools).finally(() => tools.close()));
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
