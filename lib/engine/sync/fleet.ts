import { readClusterFiles } from "../../domain/repository/read-cluster.ts";
import { openRequests } from "../../db/load-inventory.ts";
import { parseGitSide, requestedSides, type GitSide } from "./git-side.ts";
import type { SyncSettings } from "./options.ts";
import { clusterKey } from "./records.ts";

export interface Request {
  number: number;
  side: GitSide;
}

/** What Git and open pull requests say about every cluster, kept up to date by whoever calls `read…`. */
export class Fleet {
  /** Null before the first fetch. */
  git: Map<string, GitSide> | null = null;
  requests = new Map<string, Request>();
  headPosition: number | null = null;
  #requestsText = "";

  /** Returns the keys of all clusters whose Git side may have changed. */
  readGit({ git, logger }: SyncSettings): Set<string> {
    const head = git.head();
    if (head === null) return new Set();
    const before = this.git ?? new Map<string, GitSide>();
    this.headPosition = git.position(head.sha);
    this.git = new Map();
    for (const [name, sources] of git.clusterFiles()) {
      try {
        const side = parseGitSide(readClusterFiles(sources));
        if (side) this.git.set(clusterKey(side), side);
      } catch (error) {
        logger.warn({ err: error, cluster: name }, "a cluster's files could not be read");
      }
    }
    return new Set([...before.keys(), ...this.git.keys()]);
  }

  /** Returns the keys of the clusters that are asked for now, or were. */
  async readRequests({ db }: SyncSettings): Promise<Set<string>> {
    const rows = await openRequests(db);
    const next = new Map<string, Request>();
    // From the newest to the oldest: who asked first has the name.
    for (const { number, meta, clusters, teams } of rows) {
      for (const side of requestedSides(meta, clusters, teams)) next.set(clusterKey(side), { number, side });
    }
    const text = JSON.stringify([...next]);
    if (text === this.#requestsText) return new Set();
    this.#requestsText = text;
    const touched = new Set([...this.requests.keys(), ...next.keys()]);
    this.requests = next;
    return touched;
  }
}
