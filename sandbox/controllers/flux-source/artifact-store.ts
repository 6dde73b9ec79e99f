import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";
import { buildArtifact } from "./build-artifact.ts";
import { GitMirror } from "./git-mirror.ts";

/** A tarball in the store. */
export interface StoredArtifact {
  file: string;
  digest: string;
  size: number;
}

const MOST_KEPT = 12;

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/**
 * Mirrors and tarballs of one process, shared by all API servers it serves: fetched once per URL, built once per
 * (url, commit, ignore). Serves the tarballs over HTTP on loopback, and whatever else is mounted (hooks).
 */
export class ArtifactStore {
  readonly #dir: string;
  readonly #mirrors = new Map<string, GitMirror>();
  readonly #artifacts = new Map<string, Promise<StoredArtifact>>();
  readonly #paths = new Map<string, string>();
  readonly #handlers = new Set<Handler>();
  #server: Server | undefined;
  #url = "";

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Starts to serve; 0 = any free port. */
  async listen(port = 0): Promise<this> {
    const server = createServer((request, response) => {
      void this.#answer(request, response);
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(port, "127.0.0.1", resolve);
    });
    this.#server = server;
    this.#url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    return this;
  }

  /** Base URL. */
  get url(): string {
    return this.#url;
  }

  /** Stops serving. */
  async close(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  /** Adds a handler asked before the tarballs; answers how to take it away. */
  mount(handler: Handler): () => void {
    this.#handlers.add(handler);
    return () => this.#handlers.delete(handler);
  }

  /** The one mirror of a URL. */
  mirror(url: string): GitMirror {
    const name = hash(url);
    const known = this.#mirrors.get(name) ?? new GitMirror(join(this.#dir, "mirrors", `${name}.git`), url);
    this.#mirrors.set(name, known);
    return known;
  }

  /** The tarball of a commit, built if it is not there yet. */
  artifact(url: string, sha: string, ignore: string | undefined): Promise<StoredArtifact> {
    const file = join(this.#dir, "artifacts", `${hash(JSON.stringify([url, ignore ?? null]))}-${sha}.tar.gz`);
    const known = this.#artifacts.get(file);
    if (known !== undefined) return known;
    const building = existsSync(file) ? describe(file) : this.#build(file, url, sha, ignore);
    this.#artifacts.set(file, building);
    building.catch(() => this.#artifacts.delete(file));
    return building;
  }

  /** Serves a stored tarball at a path; older ones of the same object stay for readers that come late. */
  publish(path: string, artifact: StoredArtifact): string {
    this.#paths.set(path, artifact.file);
    return `${this.#url}/${path}`;
  }

  /** Takes all paths below one away. */
  withdrawAll(prefix: string): void {
    for (const path of [...this.#paths.keys()]) if (path.startsWith(prefix)) this.#paths.delete(path);
  }

  async #build(file: string, url: string, sha: string, ignore: string | undefined): Promise<StoredArtifact> {
    const { bytes, digest } = await buildArtifact(this.mirror(url), sha, ignore);
    await mkdir(join(this.#dir, "artifacts"), { recursive: true });
    await writeFile(`${file}.${digest.slice(-8)}.part`, bytes);
    await rename(`${file}.${digest.slice(-8)}.part`, file);
    await this.#forgetOld(basename(file).split("-")[0] ?? "");
    return { file, digest, size: bytes.length };
  }

  /** Keeps the newest tarballs of one source; a reader that comes later than that is told to come back. */
  async #forgetOld(prefix: string): Promise<void> {
    const dir = join(this.#dir, "artifacts");
    const own = (await readdir(dir)).filter((name) => name.startsWith(prefix) && name.endsWith(".gz"));
    if (own.length <= MOST_KEPT) return;
    const aged = await Promise.all(
      own.map(async (name) => ({ name, at: (await stat(join(dir, name))).mtimeMs })),
    );
    for (const { name } of aged.sort((a, b) => b.at - a.at).slice(MOST_KEPT)) {
      this.#artifacts.delete(join(dir, name));
      await rm(join(dir, name), { force: true });
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      for (const handler of this.#handlers) if (await handler(request, response)) return;
      const file = this.#paths.get(decodeURIComponent((request.url ?? "/").slice(1).split("?")[0] ?? ""));
      if (file === undefined || (request.method !== "GET" && request.method !== "HEAD")) {
        response.writeHead(404).end();
        return;
      }
      const bytes = await readFile(file).catch(() => undefined);
      if (bytes === undefined) {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, { "content-type": "application/gzip", "content-length": bytes.length });
      response.end(request.method === "HEAD" ? undefined : bytes);
    } catch {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  }
}

async function describe(file: string): Promise<StoredArtifact> {
  const bytes = await readFile(file);
  return { file, digest: `sha256:${createHash("sha256").update(bytes).digest("hex")}`, size: bytes.length };
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 24);
}
