import { setTimeout as delay } from "node:timers/promises";
import { isNotFound } from "../../controllers/runtime/api-error.ts";
import { apiFaults } from "./api-faults.ts";
import { clusterFaults } from "./cluster-faults.ts";
import { databaseFaults } from "./database-faults.ts";
import type { FaultCommand } from "./fault-command.ts";
import { readNotes, writeNotes, type FaultNote } from "./fault-notes.ts";
import type { FaultStep } from "./fault-step.ts";
import type { FaultTools } from "./fault-tools.ts";
import { forgeFaults } from "./forge-faults.ts";
import { takeStep } from "./take-step.ts";

const commands: readonly FaultCommand[] = [...clusterFaults, ...apiFaults, ...forgeFaults, ...databaseFaults];

/** What can be asked for, one line each. */
export function usage(): string {
  const lines = commands.flatMap(({ name, usage, summary }) => [
    `  ${`${name} ${usage}`.trim()}`,
    `      ${summary}`,
  ]);
  return [
    "npm run sandbox -- <what>",
    "",
    ...lines,
    "  list\n      what is on",
    "  off <what …>\n      turns off what began with these words",
    "  clear\n      turns all off",
  ].join("\n");
}

/**
 * Turns a fault on, lists what is on, or turns it off.
 *
 * @returns what to print.
 * @throws Error with one sentence where the words make no sense or the demo refuses.
 */
export async function runFaults(words: readonly string[], tools: FaultTools): Promise<string> {
  const [name = "", ...args] = words;
  if (name === "list") return listed(readNotes(tools.demo.dir));
  if (name === "clear") return turnOff(tools, () => true);
  if (name === "off") {
    const what = args.join(" ");
    if (what === "") throw new Error("say what to turn off, or `clear` for all");
    return turnOff(tools, (note) => note.what === what || note.what.startsWith(`${what} `));
  }
  const command = commands.find((each) => each.name === name);
  if (command === undefined) throw new Error(`there is no fault ${name}`);
  return turnOn(tools, command, args);
}

async function turnOn(tools: FaultTools, command: FaultCommand, args: readonly string[]): Promise<string> {
  const { on, undo, forMs } = await command.plan(args, tools);
  const what = [command.name, ...args].join(" ");
  if (undo.length > 0) note(tools, { what, since: new Date().toISOString(), undo });
  for (const step of on) await takeStep(tools, step);
  if (forMs !== undefined) {
    await delay(forMs);
    await turnOff(tools, (each) => each.what === what);
    return `${what}: it is over.`;
  }
  return undo.length > 0 ? `${what}: on. Off again: npm run sandbox -- off ${what}` : `${what}: done.`;
}

/** Noted before it is done: what fails half-way can be turned off too. */
function note({ demo: { dir } }: FaultTools, fault: FaultNote): void {
  writeNotes(dir, [...readNotes(dir).filter(({ what }) => what !== fault.what), fault]);
}

function listed(notes: readonly FaultNote[]): string {
  if (notes.length === 0) return "No fault is on.";
  return notes.map(({ what, since }) => `${since.slice(11, 19)}  ${what}`).join("\n");
}

/** What stands between this command and the servers goes first: a forge that fails takes no commits. */
const order: readonly FaultStep["do"][] = ["forge", "api", "database", "annotate", "commit", "reconcile"];

/** Whatever cannot be turned off stays noted, and keeps nothing else on. */
async function turnOff(tools: FaultTools, isMeant: (note: FaultNote) => boolean): Promise<string> {
  const { dir } = tools.demo;
  const meant = readNotes(dir).filter(isMeant);
  if (meant.length === 0) return "Nothing of that is on.";
  const failed = new Map<string, string>();
  for (const kind of order) {
    for (const { what, undo } of meant) {
      for (const step of undo.filter((each) => each.do === kind)) {
        await undoStep(tools, step).catch((error: unknown) => {
          failed.set(what, error instanceof Error ? error.message : String(error));
        });
      }
    }
  }
  const isOff = ({ what }: FaultNote): boolean =>
    meant.some((each) => each.what === what) && !failed.has(what);
  writeNotes(
    dir,
    readNotes(dir).filter((each) => !isOff(each)),
  );
  if (failed.size > 0)
    throw new Error([...failed].map(([what, why]) => `${what}: still on: ${why}`).join("\n"));
  return meant.map(({ what }) => `${what}: off.`).join("\n");
}

/** A cluster that is gone took its fault along, and Flux looks by itself later where it cannot be asked now. */
async function undoStep(tools: FaultTools, step: FaultStep): Promise<void> {
  try {
    await takeStep(tools, step);
  } catch (error) {
    if (step.do !== "reconcile" && !isNotFound(error)) throw error;
  }
}
