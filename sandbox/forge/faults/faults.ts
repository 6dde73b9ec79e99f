import { readFault } from "./fault.ts";
import type { RequestFault } from "./fault.ts";

/** A request as it arrived, and the fault that hit it. */
interface SeenRequest {
  method: string;
  url: string;
  login: string;
  fault: number | null;
}

const remembered = 2000;

/** The faults that wait for requests, and what was asked: both in memory only, gone with a restart. */
export class Faults {
  readonly #waiting = new Map<number, RequestFault>();
  #seen: SeenRequest[] = [];
  #next = 0;
  /** Requests that a fault answers: those replies are not the forge's own. */
  readonly answered = new WeakSet<object>();
  /** Ends every delay; set off by {@link close}. */
  readonly #closing = new AbortController();

  /** @throws ApiError 422 for a fault that cannot be understood. */
  add(value: unknown): RequestFault {
    const fault = readFault(value, this.#next + 1);
    this.#next = fault.id;
    this.#waiting.set(fault.id, fault);
    return fault;
  }

  list(): RequestFault[] {
    return [...this.#waiting.values()];
  }

  /** Takes back one fault, or all. */
  clear(id?: number): void {
    if (id === undefined) this.#waiting.clear();
    else this.#waiting.delete(id);
  }

  /** The fault that hits this request, if any; counts it, and remembers the request. */
  take(method: string, url: string, login: string): RequestFault | null {
    const fault = this.list().find((one) => one.left !== 0 && matches(one, method, url, login)) ?? null;
    const hit = fault !== null && fault.skip <= 0 ? fault : null;
    if (fault !== null && hit === null) fault.skip -= 1;
    if (hit !== null) {
      hit.hits += 1;
      if (hit.left !== null) hit.left -= 1;
    }
    this.#seen.push({ method, url, login, fault: hit?.id ?? null });
    if (this.#seen.length > remembered) this.#seen.splice(0, this.#seen.length - remembered);
    return hit;
  }

  /** Requests since the last {@link forget}, oldest first. */
  seen(): readonly SeenRequest[] {
    return this.#seen;
  }

  forget(): void {
    this.#seen = [];
  }

  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  close(): void {
    this.#closing.abort();
  }
}

function matches(fault: RequestFault, method: string, url: string, login: string): boolean {
  return (
    (fault.method === null || fault.method === method) &&
    (fault.login === null || fault.login === login) &&
    (fault.path === null || new RegExp(fault.path).test(url))
  );
}
