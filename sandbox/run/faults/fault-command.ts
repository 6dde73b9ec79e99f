import type { FaultStep } from "./fault-step.ts";
import type { FaultTools } from "./fault-tools.ts";

/** What turning a fault on takes, and what turns it off again; without the latter it is over at once. */
export interface FaultPlan {
  on: FaultStep[];
  undo: FaultStep[];
  /** Ends by itself after so long. */
  forMs?: number;
}

/** One fault that can be asked for on the command line. */
export interface FaultCommand {
  name: string;
  /** Its arguments, as usage shows them. */
  usage: string;
  summary: string;
  /** @throws Error with one sentence for arguments that cannot be understood. */
  plan: (args: readonly string[], tools: FaultTools) => FaultPlan | Promise<FaultPlan>;
}

/** An argument that has to be there. @throws Error naming it */
export function needed(value: string | undefined, what: string): string {
  if (value === undefined || value === "") throw new Error(`say which ${what}`);
  return value;
}

/** A number, or what stands for none. @throws Error where it is no number */
export function numberOr(value: string | undefined, fallback: number): number {
  const number = value === undefined ? fallback : Number(value);
  if (!Number.isFinite(number) || number < 0) throw new Error(`${value ?? ""} is no number`);
  return number;
}
