import type { TreeEntry } from "../git/objects.ts";
import type { World } from "../world.ts";
import { fullName } from "../state/people.ts";
import { repositoryUrl } from "./repository.ts";
import type { Json } from "./user.ts";

const types: Record<string, string> = { "120000": "symlink", "160000": "file", "040000": "dir" };

/** A file or directory entry of `contents`; `content` null leaves the text out, as listings do. */
export function contentShape(world: World, entry: TreeEntry, ref: string, content: Buffer | null): Json {
  const path = entry.path.split("/").map(encodeURIComponent).join("/");
  const url = `${repositoryUrl(world)}/contents/${path}?ref=${encodeURIComponent(ref)}`;
  const page = `${world.url}/${fullName(world.store.state)}`;
  const isTree = entry.type === "tree";
  const gitUrl = `${repositoryUrl(world)}/git/${isTree ? "trees" : "blobs"}/${entry.sha}`;
  const html = `${page}/${isTree ? "tree" : "blob"}/${ref}/${path}`;
  return {
    name: entry.path.split("/").at(-1) ?? entry.path,
    path: entry.path,
    sha: entry.sha,
    size: entry.size ?? 0,
    url,
    html_url: html,
    git_url: gitUrl,
    download_url: isTree ? null : `${page}/raw/${ref}/${path}`,
    type: types[entry.mode] ?? "file",
    ...(content === null ? {} : { content: wrapBase64(content), encoding: "base64" }),
    _links: { self: url, git: gitUrl, html },
  };
}

/** GitHub breaks base64 into lines of 60 characters. */
export function wrapBase64(content: Buffer): string {
  return content.toString("base64").replace(/.{1,60}/g, "$&\n");
}
