import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import tar from "tar-stream";
import type { GitMirror, TreeFile } from "./git-mirror.ts";
import { ignoreMatcher, parseIgnore } from "./ignore-patterns.ts";
import type { IgnorePattern } from "./ignore-patterns.ts";

const compress = promisify(gzip);

/** A built tarball. */
export interface BuiltArtifact {
  bytes: Buffer;
  /** `sha256:<hex>` of the bytes. */
  digest: string;
}

/**
 * Packs a commit as source-controller does: ignored paths left out, directories kept even when everything in them
 * is ignored (so that emptying a directory is not the same as removing it), nothing of the time or machine inside.
 */
export async function buildArtifact(
  mirror: GitMirror,
  sha: string,
  ignore: string | undefined,
): Promise<BuiltArtifact> {
  const files = await mirror.files(sha);
  const ignored = ignoreMatcher([
    ...(await sourceIgnorePatterns(mirror, files)),
    ...(ignore === undefined ? [] : parseIgnore(ignore)),
  ]);
  const kept = files.filter((file) => !ignored(file.path, false));
  const blobs = await mirror.blobs(kept.map((file) => file.oid));
  const entries = [
    ...directoriesOf(files)
      .filter((path) => !ignored(path, true))
      .map((path) => ({ path, file: undefined })),
    ...kept.map((file) => ({ path: file.path, file })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  const pack = tar.pack();
  for (const { path, file } of entries) {
    const common = { name: path, mtime: new Date(0), uid: 0, gid: 0 };
    if (file === undefined) pack.entry({ ...common, type: "directory", mode: 0o755 });
    else
      pack.entry(
        { ...common, mode: file.executable ? 0o755 : 0o644 },
        blobs.get(file.oid) ?? Buffer.alloc(0),
      );
  }
  pack.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of pack) chunks.push(chunk as Buffer);
  const bytes = await compress(Buffer.concat(chunks));
  return { bytes, digest: `sha256:${createHash("sha256").update(bytes).digest("hex")}` };
}

async function sourceIgnorePatterns(mirror: GitMirror, files: TreeFile[]): Promise<IgnorePattern[]> {
  const found = files.filter((file) => file.path === ".sourceignore" || file.path.endsWith("/.sourceignore"));
  const blobs = await mirror.blobs(found.map((file) => file.oid));
  return found
    .sort((a, b) => a.path.split("/").length - b.path.split("/").length)
    .flatMap((file) =>
      parseIgnore((blobs.get(file.oid) ?? "").toString(), file.path.split("/").slice(0, -1)),
    );
}

function directoriesOf(files: TreeFile[]): string[] {
  const all = new Set<string>();
  for (const { path } of files) {
    for (let slash = path.lastIndexOf("/"); slash > 0; slash = path.lastIndexOf("/", slash - 1)) {
      all.add(path.slice(0, slash));
    }
  }
  return [...all];
}
