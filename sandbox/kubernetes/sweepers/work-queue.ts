/**
 * Keys to work on, each once, after the current turn; what fails is tried again later. No timer runs while
 * nothing waits.
 */
export class WorkQueue {
  readonly #waiting = new Set<string>();
  readonly #later = new Set<NodeJS.Timeout>();
  readonly #work: (key: string) => void;
  #scheduled = false;
  #closed = false;

  constructor(work: (key: string) => void) {
    this.#work = work;
  }

  add(key: string): void {
    if (this.#closed) return;
    this.#waiting.add(key);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#drain();
    });
  }

  addLater(key: string, ms: number): void {
    if (this.#closed) return;
    const timer = setTimeout(() => {
      this.#later.delete(timer);
      this.add(key);
    }, ms);
    timer.unref();
    this.#later.add(timer);
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#later) clearTimeout(timer);
    this.#waiting.clear();
  }

  #drain(): void {
    this.#scheduled = false;
    const keys = [...this.#waiting];
    this.#waiting.clear();
    for (const key of keys) {
      if (this.#closed) return;
      try {
        this.#work(key);
      } catch {
        this.addLater(key, 2000);
      }
    }
  }
}
