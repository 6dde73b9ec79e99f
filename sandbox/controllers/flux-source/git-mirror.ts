import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { promisify } from "node:util";
import { basicAuth } from "./ls-remote.ts";
import type { GitCredential } from "./ls-remote.ts";

const run = promisify(execFile);

/** A file of a commit's tree. */
export interface TreeFile {
  path: string;
  oid: string;
  executable: boolean;
}

/** A bare repository that holds what was fetched from one URL; native git, one operation at a time. */
export class GitMirror {
  readonly #dir: string;
  readonly #url: string;
  /** Asking git costs a process, and many objects ask about the same commit. */
  readonly #present = new Set<string>();
  readonly #subjects = new Map<string, Promise<string>>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(dir: string, url: string) {
    this.#dir = dir;
    this.#url = url;
  }

  /** Makes sure a commit is there; fetches the ref it was seen at only when it is not. */
  ensure(sha: string, ref: string, credential: GitCredential | undefined, timeoutMs: number): Promise<void> {
    return this.#one(async () => {
      if (this.#present.has(sha)) return;
      await this.#init();
      if (await this.#has(sha)) return;
      await this.#fetch(ref, credential, timeoutMs);
      if (!(await this.#has(sha))) await this.#fetch(sha, credential, timeoutMs);
      await this.#has(sha);
    });
  }

  /** The first line of a commit's message. */
  subject(sha: string): Promise<string> {
    const known = this.#subjects.get(sha);
    if (known !== undefined) return known;
    const asking = this.#git(["log", "-1", "--format=%s", sha]).then((out) => out.toString("utf8").trimEnd());
    this.#subjects.set(sha, asking);
    asking.catch(() => this.#subjects.delete(sha));
    return asking;
  }

  /** All regular files of a commit. Links are left out, as Flux's archive does. */
  async files(sha: string): Promise<TreeFile[]> {
    const listed = (await this.#git(["ls-tree", "-r", "-z", sha])).toString("utf8");
    return listed.split("\0").flatMap((line) => {
      const found = /^(100644|100755) blob ([0-9a-f]{40})\t(.+)$/s.exec(line);
      if (found?.[2] === undefined || found[3] === undefined) return [];
      return [{ path: found[3], oid: found[2], executable: found[1] === "100755" }];
    });
  }

  /** Contents of blobs, in one git process. */
  async blobs(oids: string[]): Promise<Map<string, Buffer>> {
    const wanted = [...new Set(oids)];
    const found = new Map<string, Buffer>();
    if (wanted.length === 0) return found;
    const out = await this.#git(["cat-file", "--batch"], `${wanted.join("\n")}\n`);
    for (let at = 0; at < out.length;) {
      const end = out.indexOf(10, at);
      const [oid = "", , size = "0"] = out.toString("latin1", at, end).split(" ");
      found.set(oid, out.subarray(end + 1, end + 1 + Number(size)));
      at = end + 2 + Number(size);
    }
    return found;
  }

  #one<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work, work);
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #init(): Promise<void> {
    if (existsSync(`${this.#dir}/HEAD`)) return;
    await mkdir(this.#dir, { recursive: true });
    await run("git", ["init", "--quiet", "--bare", this.#dir]);
  }

  async #has(sha: string): Promise<boolean> {
    if (this.#present.has(sha)) return true;
    return this.#git(["cat-file", "-e", `${sha}^{commit}`]).then(
      () => Boolean(this.#present.add(sha)),
      () => false,
    );
  }

  async #fetch(ref: string, credential: GitCredential | undefined, timeoutMs: number): Promise<void> {
    const to = ref.startsWith("refs/") ? `+${ref}:${ref}` : ref;
    const args = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", this.#url, to];
    await this.#git(args, undefined, timeoutMs, credential);
  }

  async #git(args: string[], input?: string, timeout = 60_000, credential?: GitCredential): Promise<Buffer> {
    const child = run("git", ["--git-dir", this.#dir, ...args], {
      encoding: "buffer",
      maxBuffer: 1 << 28,
      timeout,
      env: { ...gitEnvironment(), ...(credential === undefined ? {} : authEnvironment(credential)) },
    });
    if (input !== undefined) child.child.stdin?.end(input);
    return (await child).stdout;
  }
}

/** Nothing of the machine's own Git settings, never a prompt. */
function gitEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, NODE_ENV } = process.env;
  return {
    PATH,
    HOME,
    TMPDIR,
    NODE_ENV,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
  };
}

/** By environment, so that no secret is seen in the list of processes. */
function authEnvironment(credential: GitCredential): Record<string, string> {
  return {
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "http.extraHeader",
    GIT_CONFIG_VALUE_0: `Authorization: ${basicAuth(credential)}`,
  };
}
