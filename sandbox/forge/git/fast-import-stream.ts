import type { ForgeCommit } from "../../contracts.ts";

/** The seed's history as input of `git fast-import`: one process however many commits there are. */
export function fastImportStream(branch: string, commits: readonly ForgeCommit[]): Buffer {
  const parts: Buffer[] = [];
  for (const [index, commit] of commits.entries()) {
    const person = `${commit.author.name} <${commit.author.email}> ${String(Math.floor(Date.parse(commit.date) / 1000))} +0000`;
    parts.push(Buffer.from(`commit refs/heads/${branch}\nmark :${String(index + 1)}\n`));
    parts.push(Buffer.from(`author ${person}\ncommitter ${person}\n`), data(commit.message));
    if (index > 0) parts.push(Buffer.from(`from :${String(index)}\n`));
    for (const [path, content] of Object.entries(commit.files)) {
      if (content === null) parts.push(Buffer.from(`D ${quotePath(path)}\n`));
      else parts.push(Buffer.from(`M 100644 inline ${quotePath(path)}\n`), data(content));
    }
    parts.push(Buffer.from("\n"));
  }
  parts.push(Buffer.from("done\n"));
  return Buffer.concat(parts);
}

function data(text: string): Buffer {
  const content = Buffer.from(text);
  return Buffer.concat([Buffer.from(`data ${String(content.length)}\n`), content, Buffer.from("\n")]);
}

function quotePath(path: string): string {
  return `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
