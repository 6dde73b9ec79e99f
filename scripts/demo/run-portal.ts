/** Runs the built portal (folder in argv) and stops it when standard input ends. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { useFolder } from "./portal-folders.ts";

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("name the folder of the built portal");
useFolder(folder);
process.stdin.on("end", () => process.kill(process.pid, "SIGTERM"));
process.stdin.resume();
await import(pathToFileURL(join(folder, "server.js")).href);
