import { readFileSync } from "node:fs";
import type { KubernetesOptions } from "../contracts.ts";
import { startKubernetes } from "./start-kubernetes.ts";

/** `node main.ts OPTIONS.json`: serves until SIGTERM, SIGINT or the end of stdin; prints the URL as one JSON line. */
const file = process.argv[2];
if (file === undefined) {
  process.stderr.write("usage: main.ts OPTIONS.json (KubernetesOptions)\n");
  process.exit(2);
}
const server = await startKubernetes(JSON.parse(readFileSync(file, "utf8")) as KubernetesOptions);
process.stdout.write(`${JSON.stringify({ url: server.url, ca: server.ca })}\n`);

let ending = false;
const end = () => {
  if (ending) return;
  ending = true;
  void server.close().finally(() => process.exit(0));
};
process.once("SIGTERM", end);
process.once("SIGINT", end);
process.stdin.on("end", end).on("error", end).resume();
