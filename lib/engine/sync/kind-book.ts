import type { KindRow } from "../../domain/kinds.ts";
import type { KubeApiError } from "../../kubernetes/api-error.ts";

/** A rule that an RBAC role of ours lacks, as data: a page prints it as YAML. */
export interface MissingRule {
  apiGroup: string;
  resource: string;
  verbs: string[];
}

/** How reading one kind from one API server goes. */
export interface KindState {
  kind: string;
  group: string;
  plural: string;
  /** Version read; null where none we understand is served. */
  version: string | null;
  state: "waiting" | "synced" | "absent" | "forbidden" | "failing";
  message: string | null;
  missingRule: MissingRule | null;
}

/** Failures in a row, of an API server that does answer, after which a kind holds up the others no longer. */
const patience = 3;

/** Keeps account of each kind on one API server, so that one we cannot read degrades alone and says why. */
export class KindBook {
  readonly #states = new Map<string, KindState>();
  readonly #failures = new Map<string, number>();
  readonly #known = new Set<string>();

  constructor(kinds: readonly KindRow[]) {
    for (const { kind, group, plural } of kinds) {
      this.#states.set(kind, {
        kind,
        group,
        plural,
        version: null,
        state: "waiting",
        message: null,
        missingRule: null,
      });
    }
  }

  /** Every kind was listed once, is not served, or has failed often enough to go without. */
  get settled(): boolean {
    return [...this.#states].every(([kind, { state }]) => state !== "waiting" && !this.#blocks(kind));
  }

  /** Kinds never listed and not known to be missing: of these the rows we have are the better knowledge. */
  get unread(): ReadonlySet<string> {
    return new Set([...this.#states.keys()].filter((kind) => !this.#known.has(kind)));
  }

  list(): KindState[] {
    return [...this.#states.values()];
  }

  missingRules(): MissingRule[] {
    return this.list().flatMap(({ missingRule }) => missingRule ?? []);
  }

  /** Returns whether it was the first time. */
  listed({ kind }: KindRow, version: string): boolean {
    const before = this.#states.get(kind);
    // Lists without watches are stale between two of them: what is missing stays said.
    const unwatched = before?.state === "forbidden" && /\bcannot watch\b/.test(before.message ?? "");
    if (!unwatched) this.#set(kind, { version, state: "synced", message: null, missingRule: null });
    return this.#learn(kind);
  }

  watched({ kind }: KindRow): void {
    const state = this.#states.get(kind)?.state;
    if (state === "forbidden" || state === "failing")
      this.#set(kind, { state: "synced", message: null, missingRule: null });
    this.#failures.delete(kind);
  }

  /** Returns whether it was there before, or has not been asked for. */
  absent({ kind }: KindRow): boolean {
    const before = this.#states.get(kind)?.state;
    this.#set(kind, { version: null, state: "absent", message: null, missingRule: null });
    this.#learn(kind);
    return before !== "absent";
  }

  /** Returns whether the kind holds up the others no longer, which it did before. */
  failed({ kind, group, plural }: KindRow, error: KubeApiError): boolean {
    const held = this.#states.get(kind)?.state === "waiting" || this.#blocks(kind);
    if (error.silent) return false;
    this.#failures.set(kind, (this.#failures.get(kind) ?? 0) + 1);
    const missingRule = error.forbidden
      ? { apiGroup: group, resource: plural, verbs: ["get", "list", "watch"] }
      : null;
    this.#set(kind, {
      state: error.forbidden ? "forbidden" : "failing",
      message: error.message,
      missingRule,
    });
    return held && !this.#blocks(kind);
  }

  /** The clusters are what all else hangs on: without them nothing is known. */
  #blocks(kind: string): boolean {
    if (this.#known.has(kind)) return false;
    const state = this.#states.get(kind)?.state;
    if (kind === "Cluster") return true;
    return state === "failing" && (this.#failures.get(kind) ?? 0) < patience;
  }

  #learn(kind: string): boolean {
    const first = !this.#known.has(kind);
    this.#known.add(kind);
    this.#failures.delete(kind);
    return first;
  }

  #set(kind: string, change: Partial<KindState>): void {
    const before = this.#states.get(kind);
    if (before) this.#states.set(kind, { ...before, ...change });
  }
}
