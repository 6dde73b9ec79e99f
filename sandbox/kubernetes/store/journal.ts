import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import type { WriteStream } from "node:fs";
import { join } from "node:path";
import type { KubeObject } from "../kube-object.ts";
import type { Credential } from "../pki.ts";
import { ObjectStore } from "./object-store.ts";
import type { ChangeSink } from "./object-store.ts";
import type { ClusterRecord, Persistence } from "./persistence.ts";

/** One line of the journal: an object as stored (null = removed), a cluster, or the server's own certificates. */
type Entry =
  | { c: string; s: string; k: string; r: number; o: KubeObject | null }
  | { cluster: ClusterRecord; r?: number }
  | { removed: string }
  | { server: Credential; authority: Credential };

interface ClusterState {
  record: ClusterRecord;
  revision: number;
  objects: Map<string, { storeKey: string; revision: number; object: KubeObject }>;
}

export interface RestoredCluster {
  record: ClusterRecord;
  store: ObjectStore;
}

/** A new snapshot is due when the journal holds this many entries more than there are objects. */
const slack = 20_000;

/**
 * Keeps everything in one append-only file of JSON lines, rewritten whole when it has grown. A line torn by a
 * crash is dropped at the next start; what was written before it is kept.
 */
export class Journal implements Persistence {
  readonly #file: string;
  readonly #states = new Map<string, ClusterState>();
  #identity: { server: Credential; authority: Credential } | undefined;
  #stream: WriteStream | undefined;
  #entries = 0;
  #buffer: string[] = [];
  #flushing: NodeJS.Timeout | undefined;

  constructor(dir: string) {
    mkdirSync(dir, { recursive: true });
    this.#file = join(dir, "journal.jsonl");
    if (existsSync(this.#file)) this.#read();
    this.#snapshot();
  }

  get identity(): { server: Credential; authority: Credential } | undefined {
    return this.#identity;
  }

  set identity(identity: { server: Credential; authority: Credential } | undefined) {
    this.#identity = identity;
    if (identity) this.#append(identity);
  }

  restored(): RestoredCluster[] {
    return [...this.#states].map(([id, state]) => {
      const store = new ObjectStore(this.sinkFor(id));
      for (const { storeKey, revision, object } of state.objects.values()) {
        store.restore(
          storeKey,
          `${object.metadata.namespace ?? ""}/${object.metadata.name}`,
          revision,
          object,
        );
      }
      store.continueAt(state.revision);
      return { record: state.record, store };
    });
  }

  saveCluster(record: ClusterRecord): void {
    const id = `${record.namespace}/${record.name}`;
    const known = this.#states.get(id);
    if (known) known.record = record;
    else this.#states.set(id, { record, revision: 1, objects: new Map() });
    this.#append({ cluster: record });
  }

  removeCluster(namespace: string, name: string): void {
    const id = `${namespace}/${name}`;
    this.#states.delete(id);
    this.#append({ removed: id });
  }

  sinkFor(id: string): ChangeSink {
    return {
      write: (storeKey, key, revision, object) => {
        if (!this.#states.has(id)) return;
        const entry: Entry = { c: id, s: storeKey, k: key, r: revision, o: object };
        this.#take(entry);
        this.#append(entry);
      },
    };
  }

  /** Writes what is pending and closes the file. */
  async close(): Promise<void> {
    clearTimeout(this.#flushing);
    this.#flush();
    const stream = this.#stream;
    this.#stream = undefined;
    if (stream) await new Promise<void>((resolve) => stream.end(resolve));
  }

  #take(entry: Entry): void {
    if ("server" in entry) this.#identity = { server: entry.server, authority: entry.authority };
    else if ("removed" in entry) this.#states.delete(entry.removed);
    else if ("cluster" in entry) {
      const id = `${entry.cluster.namespace}/${entry.cluster.name}`;
      const known = this.#states.get(id);
      if (known) known.record = entry.cluster;
      else this.#states.set(id, { record: entry.cluster, revision: entry.r ?? 1, objects: new Map() });
    } else {
      const state = this.#states.get(entry.c);
      if (!state) return;
      state.revision = Math.max(state.revision, entry.r);
      const key = `${entry.s} ${entry.k}`;
      if (entry.o) state.objects.set(key, { storeKey: entry.s, revision: entry.r, object: entry.o });
      else state.objects.delete(key);
    }
  }

  #read(): void {
    const bytes = readFileSync(this.#file);
    let at = 0;
    while (at < bytes.length) {
      const end = bytes.indexOf(10, at);
      if (end < 0) break;
      try {
        this.#take(JSON.parse(bytes.toString("utf8", at, end)) as Entry);
      } catch {
        break;
      }
      at = end + 1;
    }
    if (at < bytes.length) truncateSync(this.#file, at);
  }

  #append(entry: Entry): void {
    this.#buffer.push(`${JSON.stringify(entry)}\n`);
    this.#entries++;
    this.#flushing ??= setTimeout(() => {
      this.#flush();
    }, 20);
  }

  #flush(): void {
    this.#flushing = undefined;
    if (this.#buffer.length === 0) return;
    const text = this.#buffer.join("");
    this.#buffer = [];
    const alive = [...this.#states.values()].reduce((sum, state) => sum + state.objects.size, 0);
    if (this.#entries > alive + slack) this.#snapshot();
    else this.#stream?.write(text);
  }

  /** Writes everything that is alive to a new file and goes on there. */
  #snapshot(): void {
    const lines: string[] = [];
    const add = (entry: Entry) => lines.push(JSON.stringify(entry));
    if (this.#identity) add(this.#identity);
    for (const [id, state] of this.#states) {
      add({ cluster: state.record, r: state.revision });
      for (const [key, { storeKey, revision, object }] of state.objects) {
        add({ c: id, s: storeKey, k: key.slice(storeKey.length + 1), r: revision, o: object });
      }
    }
    const fresh = `${this.#file}.new`;
    writeFileSync(fresh, lines.length > 0 ? `${lines.join("\n")}\n` : "", { mode: 0o600 });
    this.#stream?.end();
    renameSync(fresh, this.#file);
    this.#stream = createWriteStream(this.#file, { flags: "a", mode: 0o600 });
    this.#entries = lines.length;
  }
}
