import { readFileSync } from "node:fs";
import type { ForgeOptions } from "../contracts.ts";
import { startForge } from "./start-forge.ts";

/** `node main.ts options.json`: prints the web address and runs until SIGTERM or until stdin ends. */
const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write("usage: main.ts <options.json>\n");
  process.exit(2);
}
const options = JSON.parse(readFileSync(file, "utf8")) as ForgeOptions;
const forge = await startForge(options, (message) => process.stderr.write(`forge: ${message}\n`));
process.stdout.write(`${forge.url}\n`);

const stop = () => {
  void forge.close().then(() => process.exit(0));
};
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
process.stdin.once("end", stop).once("error", stop).resume();
