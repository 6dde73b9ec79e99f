/** An entry of `POST /git/trees` that brings its content, or (null) deletes its path. */
export interface TreeFile {
  path: string;
  content: string | null;
}

export interface TreePlan {
  /** Contents to upload first, one by one. */
  blobs: string[];
  /** One call each, every one on the tree of the one before. */
  calls: TreeFile[][];
}

/**
 * Trees of 2.5 MB inline content and more have failed with 502 or a 422 of time run out (forge-reference §5); these
 * stay well below. Blobs cost a request each, and a minute allows 180 of them (§8), so only large files become one.
 */
const largest = { callBytes: 1_000_000, callEntries: 250, inlineBytes: 100_000 };

/** How to write these files: in one call where that is safe, otherwise large files as blobs and the rest in parts. */
export function planTrees(files: Readonly<Record<string, string | null>>, limits = largest): TreePlan {
  const entries = Object.entries(files).map(([path, content]) => ({ path, content }));
  const bytes = entries.reduce((sum, entry) => sum + weight(entry), 0);
  if (entries.length <= limits.callEntries && bytes <= limits.callBytes)
    return { blobs: [], calls: [entries] };
  const isLarge = ({ content }: TreeFile): boolean =>
    content !== null && Buffer.byteLength(content) > limits.inlineBytes;
  const large = new Set(entries.filter(isLarge));
  // Deletions go first: a file may become a directory, or the other way round.
  const ordered = entries.toSorted((a, b) => Number(b.content === null) - Number(a.content === null));
  const calls: TreeFile[][] = [];
  let room = 0;
  for (const entry of ordered) {
    const size = large.has(entry) ? weight({ ...entry, content: null }) : weight(entry);
    const last = calls.at(-1);
    if (last !== undefined && last.length < limits.callEntries && size <= room) last.push(entry);
    else calls.push([entry]);
    room = (calls.at(-1) === last ? room : limits.callBytes) - size;
  }
  return { blobs: [...large].flatMap(({ content }) => content ?? []), calls };
}

const weight = ({ path, content }: TreeFile): number =>
  Buffer.byteLength(path) + Buffer.byteLength(content ?? "");
