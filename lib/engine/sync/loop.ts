export interface LoopOptions {
  /** Runs at least this often. */
  everyMs: number;
  /** How long pokes are gathered into one run. */
  debounceMs?: number;
  run: () => Promise<void>;
  onError: (error: unknown) => void;
}

/** Runs something periodically and when poked, never twice at once. `close` waits for the run under way. */
export class Loop {
  readonly #options: LoopOptions;
  #timer: NodeJS.Timeout | undefined;
  #poked: NodeJS.Timeout | undefined;
  #running: Promise<void> | null = null;
  #again = false;
  #closed = false;

  constructor(options: LoopOptions) {
    this.#options = options;
    this.#timer = setInterval(() => {
      this.#run();
    }, options.everyMs);
  }

  /** Runs soon; pokes that come meanwhile join it. */
  poke(): void {
    this.pokeLater(this.#options.debounceMs ?? 0);
  }

  pokeLater(ms: number): void {
    if (this.#closed || this.#poked) return;
    this.#poked = setTimeout(() => {
      this.#poked = undefined;
      this.#run();
    }, ms);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    clearTimeout(this.#poked);
    await this.#running;
  }

  #run(): void {
    if (this.#closed) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = this.#options
      .run()
      .catch(this.#options.onError)
      .finally(() => {
        this.#running = null;
        if (this.#again) {
          this.#again = false;
          this.poke();
        }
      });
  }
}
