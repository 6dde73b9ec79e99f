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

/** What the book says of one kind. */
export interface BookedKind extends KindState {
  /** Since when what is known of it is old, and why; null while it is not. */
  unread: { since: string; why: string } | null;
}

/** Failures in a row, of an API server that does answer, after which a kind holds up the others no longer. */
const patience = 3;
/** How long what was read of a kind counts as its present state; as long as a silent API server has (§5.3 row 1). */
const goodForMs = 120_000;

/** Keeps account of each kind on one API server, so that one we cannot read degrades alone and says why. */
export class KindBook {
  readonly #states = new Map<string, KindState>();
  readonly #failures = new Map<string, number>();
  readonly #known = new Set<string>();
  /** Kinds that were missing the last time somebody asked. */
  readonly #missed = new Set<string>();
  /** Since when a kind that had been read is read no longer. */
  readonly #lostAt = new Map<string, number>();
  readonly #now: () => Date;

  constructor(kinds: readonly KindRow[], now: () => Date = () => new Date()) {
    this.#now = now;
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

  /** Of which what we hold is not, or not surely, what is there now: never read, or read last too long ago. */
  get stale(): ReadonlySet<string> {
    const now = this.#now().getTime();
    const lost = [...this.#lostAt].filter(([, at]) => now - at > goodForMs).map(([kind]) => kind);
    return new Set([...this.unread, ...lost]);
  }

  /** Why nothing can be said of the clusters themselves, as a sentence; null while it can. */
  get blind(): string | null {
    const state = this.#states.get("Cluster");
    if (!state || state.state === "waiting" || !this.stale.has("Cluster")) return null;
    return `${state.kind} objects cannot be read: ${whyUnreadable(state)}`;
  }

  /** Kinds that are served and cannot be read, as long as `stale` has it: since when, and why. */
  get unreadable(): { kind: string; since: string; why: string }[] {
    return this.list().flatMap(({ kind, unread }) => (unread ? [{ kind, ...unread }] : []));
  }

  list(): BookedKind[] {
    const { stale } = this;
    return [...this.#states.values()].map((state) => ({
      ...state,
      unread: stale.has(state.kind) ? this.#unreadBy(state) : null,
    }));
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
    this.#lostAt.delete(kind);
    this.#missed.delete(kind);
    return this.#learn(kind);
  }

  watched({ kind }: KindRow): void {
    const state = this.#states.get(kind)?.state;
    if (state === "forbidden" || state === "failing")
      this.#set(kind, { state: "synced", message: null, missingRule: null });
    this.#failures.delete(kind);
    this.#lostAt.delete(kind);
  }

  /**
   * The kind is not served. `news`: it was not known to be missing. `sure`: said twice in a row, so its objects are
   * gone; once may be an API server that has just started and knows its CRDs not yet. Never sure of the clusters:
   * where a whole fleet would vanish, its rows stay and are called Unknown.
   */
  absent({ kind }: KindRow): { news: boolean; sure: boolean } {
    const before = this.#states.get(kind)?.state;
    this.#set(kind, { version: null, state: "absent", message: null, missingRule: null });
    const sure = this.#missed.has(kind) && kind !== "Cluster";
    const news = before !== "absent" || (sure && this.#lostAt.has(kind));
    this.#missed.add(kind);
    if (sure) {
      this.#learn(kind);
      this.#lostAt.delete(kind);
    } else {
      this.#lose(kind);
    }
    return { news, sure };
  }

  /** Returns whether the kind holds up the others no longer, which it did before. */
  failed({ kind, group, plural }: KindRow, error: KubeApiError): boolean {
    const held = this.#states.get(kind)?.state === "waiting" || this.#blocks(kind);
    if (error.silent) return false;
    this.#failures.set(kind, (this.#failures.get(kind) ?? 0) + 1);
    this.#lose(kind);
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

  #unreadBy(state: KindState): BookedKind["unread"] {
    const lostAt = this.#lostAt.get(state.kind);
    if (lostAt === undefined || (state.state !== "forbidden" && state.state !== "failing")) return null;
    return { since: new Date(lostAt).toISOString(), why: whyUnreadable(state) };
  }

  #blocks(kind: string): boolean {
    if (this.#known.has(kind)) return false;
    return this.#states.get(kind)?.state === "failing" && (this.#failures.get(kind) ?? 0) < patience;
  }

  #lose(kind: string): void {
    if (!this.#lostAt.has(kind)) this.#lostAt.set(kind, this.#now().getTime());
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

/** Why a kind cannot be read, for people. */
function whyUnreadable({ state, message }: KindState): string {
  if (state === "forbidden") return "the portal lacks the permission";
  if (state === "absent") return "the API server does not serve them";
  return message ?? "not read yet";
}
