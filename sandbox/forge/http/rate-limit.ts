/** What a token holder has used of his hour. */
interface Budget {
  limit: number;
  used: number;
  /** Milliseconds. */
  reset: number;
}

const usual = 15_000;
const anonymous = 60;
const hourMs = 3_600_000;

/** The primary limit: so many requests an hour, counted per person or installation, whatever token he comes with. */
export class RateLimit {
  readonly #budgets = new Map<string, Budget>();
  #limit = usual;
  #windowMs = hourMs;

  /** Makes the hour shorter or the limit lower from now on; null brings the usual one back. Everybody starts anew. */
  set(limit: number | null, windowSeconds: number | null): void {
    this.#limit = limit ?? usual;
    this.#windowMs = windowSeconds === null ? hourMs : windowSeconds * 1000;
    this.#budgets.clear();
  }

  /** The budget of a holder ("" = nobody in particular) as it is now. */
  of(holder: string): Budget {
    const known = this.#budgets.get(holder);
    if (known !== undefined && known.reset > Date.now()) return known;
    const limit = holder === "" ? Math.min(anonymous, this.#limit) : this.#limit;
    const fresh = { limit, used: 0, reset: Date.now() + this.#windowMs };
    this.#budgets.set(holder, fresh);
    return fresh;
  }

  /** The budget in the form of `GET /rate_limit`. */
  shape(holder: string): Record<string, number> {
    const { limit, used, reset } = this.of(holder);
    return { limit, used, remaining: Math.max(0, limit - used), reset: Math.ceil(reset / 1000) };
  }
}
