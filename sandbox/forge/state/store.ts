import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { State } from "./state.ts";

/**
 * Holds the state in memory and writes it to `state.json`: the whole file to a neighbour and then renamed, so
 * a reader or a crash never sees half of it. Changes made in one go are written once.
 */
export class Store {
  readonly state: State;
  readonly #file: string;
  #dirty = false;
  #writing: Promise<void> | null = null;

  constructor(dir: string, state: State) {
    this.state = state;
    this.#file = join(dir, "state.json");
    mkdirSync(dir, { recursive: true });
  }

  /** The state a former run left in `dir`, or null. */
  static read(dir: string): State | null {
    const file = join(dir, "state.json");
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as State) : null;
  }

  /** A fresh id; ids also order what happened. */
  id(): number {
    this.state.nextId += 1;
    return this.state.nextId;
  }

  /** Says that the state was changed; the write follows in the background. */
  save(): void {
    this.#dirty = true;
    this.#writing ??= this.#write();
  }

  /** Waits until everything saved so far is on disk. */
  async flush(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  async #write(): Promise<void> {
    try {
      await new Promise((resolve) => setImmediate(resolve));
      while (this.#dirty) {
        this.#dirty = false;
        const next = `${this.#file}.next`;
        await writeFile(next, JSON.stringify(this.state));
        await rename(next, this.#file);
      }
    } finally {
      this.#writing = null;
    }
  }
}
