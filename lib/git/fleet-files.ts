import { clusterOfPath, partOfPath, type ClusterPart } from "../domain/repository/layout.ts";
import type { Mirror } from "./mirror.ts";

/** The three files of one cluster, as text. */
type ClusterFileTexts = Partial<Record<"cluster" | "fluxConfig" | "fleet", string>>;

/** The default branch as the sync engine reads it: in memory, never waiting for the forge. */
interface FleetFiles {
  head(): { sha: string } | null;
  clusterFiles(): Map<string, ClusterFileTexts>;
  /** Place in the first-parent history, from 0; null where the sha is not on the branch. */
  position(sha: string): number | null;
  /** Paths each commit touches, newest last, for "has reached" (decisions §6). */
  commits(): readonly { sha: string; paths: readonly string[] }[];
  /** @returns a function that ends the subscription. */
  onChange(listener: () => void): () => void;
}

export interface LoadedFleetFiles extends FleetFiles {
  /** Reads the mirror again; listeners run when the head moved. */
  refresh(): Promise<void>;
}

const keys = { cluster: "cluster", "flux-config": "fluxConfig", fleet: "fleet" } as const satisfies Record<
  ClusterPart,
  string
>;

/** An empty view of the mirror; `refresh` fills it. */
export function fleetFiles(mirror: Mirror): LoadedFleetFiles {
  let head: string | null = null;
  let clusters = new Map<string, ClusterFileTexts>();
  let commits: { sha: string; paths: readonly string[] }[] = [];
  let positions = new Map<string, number>();
  const listeners = new Set<() => void>();

  const loadHistory = async (sha: string): Promise<void> => {
    const known = head !== null && (await mirror.isAncestor(head, sha));
    const fresh = await mirror.firstParentLog(sha, known ? head : null);
    commits = [
      ...(known ? commits : []),
      ...fresh.map((commit) => ({ sha: commit.sha, paths: commit.paths })),
    ];
    positions = new Map(commits.map((commit, index) => [commit.sha, index]));
  };

  return {
    head: () => (head === null ? null : { sha: head }),
    clusterFiles: () => clusters,
    position: (sha) => positions.get(sha) ?? null,
    commits: () => commits,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refresh: async () => {
      const sha = await mirror.head();
      if (sha === null || sha === head) return;
      const files = await mirror.readFiles(sha, "clusters");
      await loadHistory(sha);
      clusters = byCluster(files);
      head = sha;
      for (const listener of listeners) listener();
    },
  };
}

function byCluster(files: ReadonlyMap<string, string>): Map<string, ClusterFileTexts> {
  const found = new Map<string, ClusterFileTexts>();
  for (const [path, text] of files) {
    const name = clusterOfPath(path);
    const part = partOfPath(path);
    if (name === null || part === null) continue;
    found.set(name, { ...found.get(name), [keys[part]]: text });
  }
  return found;
}
