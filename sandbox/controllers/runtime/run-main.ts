import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Connection, Running } from "../../contracts.ts";
import { connectionOf } from "./connection-of.ts";

/**
 * The main of a controller's own process: takes the kubeconfig from `--kubeconfig` or `KUBECONFIG`, starts, and
 * stops on SIGTERM, SIGINT or the end of a piped standard input (its parent went).
 */
export async function runMain(start: (connection: Connection) => Running | Promise<Running>): Promise<void> {
  const { values } = parseArgs({ options: { kubeconfig: { type: "string" } }, strict: false });
  const given = typeof values.kubeconfig === "string" ? values.kubeconfig : process.env.KUBECONFIG;
  const path = given ?? join(homedir(), ".kube", "config");
  const running = await start(connectionOf(await readFile(path, "utf8")));
  const stop = (): void => {
    void running.close().finally(() => process.exit(0));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  if (!process.stdin.isTTY) process.stdin.once("end", stop).resume();
}
