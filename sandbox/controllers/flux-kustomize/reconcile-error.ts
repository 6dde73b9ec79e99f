/** A failed stage of a reconcile: what becomes of the Ready condition and of the event. */
export class ReconcileError extends Error {
  /** Reason of Ready=False, e.g. `BuildFailed`. */
  readonly reason: string;
  /** Message of the Ready condition where it differs from the event's. */
  readonly conditionMessage: string;
  /** A configuration error that no retry can cure. */
  readonly isTerminal: boolean;

  constructor(
    reason: string,
    message: string,
    options: { conditionMessage?: string; isTerminal?: boolean } = {},
  ) {
    super(message);
    this.name = "ReconcileError";
    this.reason = reason;
    this.conditionMessage = options.conditionMessage ?? message;
    this.isTerminal = options.isTerminal ?? false;
  }
}

/** The text of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
