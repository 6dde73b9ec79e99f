import { LimitGate } from "./limit-gate.ts";

const most = 1_000;

/**
 * One {@link LimitGate} per identity, whatever number of clients speak for it: a person's client lives as long as one
 * request, and the forge's limit longer.
 */
export class LimitGates {
  readonly #gates = new Map<string, LimitGate>();

  of(identity: string): LimitGate {
    const known = this.#gates.get(identity);
    if (known) return known;
    if (this.#gates.size >= most)
      for (const [key, gate] of this.#gates) if (gate.answer() === null) this.#gates.delete(key);
    const gate = new LimitGate();
    this.#gates.set(identity, gate);
    return gate;
  }
}
