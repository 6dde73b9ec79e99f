/** Objects that a list showed and the watch had not: on the periodic resync, or after the watch was broken. */
export interface Missed {
  kind: string;
  count: number;
  cause: "resync" | "relist";
}

/** What the sync engine counts. Names of clusters are in none of it: whoever scrapes may not be one who may see them. */
export interface SyncMetrics {
  leading(is: boolean): void;
  /** One transaction of a flush, or none where nothing differed; `rows` of clusters and Flux objects that differed. */
  wrote(flush: { rows: number; seconds: number }): void;
  missed(missed: Missed): void;
  kindFailed(kind: string, status: number): void;
  /** Workload clusters by the state of our contact to them. */
  contacts(counts: ReadonlyMap<string, number>): void;
}

const nothing = (): void => undefined;

export const noMetrics: SyncMetrics = {
  leading: nothing,
  wrote: nothing,
  missed: nothing,
  kindFailed: nothing,
  contacts: nothing,
};
