import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Running } from "../../contracts.ts";

const run = promisify(execFile);

/** A bare repository behind git's own http-backend, for tests of the Flux controllers. */
export interface TestGitServer extends Running {
  /** Clone URL. */
  url: string;
  /** Commits to main: path → content, null deletes; answers the commit's id. */
  commit(message: string, files: Record<string, string | null>): Promise<string>;
  /** Requests for refs so far. */
  polls(): number;
}

/** Starts the server; with a password, only `flux:<password>` gets in. */
export async function startTestGitServer(password?: string): Promise<TestGitServer> {
  const root = await mkdtemp(join(tmpdir(), "flux-git-"));
  const bare = join(root, "fleet.git");
  const work = join(root, "work");
  let polls = 0;
  await run("git", ["init", "--quiet", "--bare", "--initial-branch=main", bare]);
  await run("git", ["clone", "--quiet", bare, work]);
  const git = (...args: string[]): Promise<{ stdout: string }> =>
    run("git", ["-C", work, "-c", "user.name=Tester", "-c", "user.email=t@example.com", ...args]);
  await git("symbolic-ref", "HEAD", "refs/heads/main");
  const server = createServer((request, response) => {
    const basic = `Basic ${Buffer.from(`flux:${password ?? ""}`).toString("base64")}`;
    if (request.url?.includes("info/refs") === true) polls += 1;
    if (password !== undefined && request.headers.authorization !== basic) {
      response.writeHead(401, { "www-authenticate": "Basic" }).end();
    } else backend(root, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/fleet.git`,
    polls: () => polls,
    commit: async (message, files) => {
      for (const [path, content] of Object.entries(files)) {
        await mkdir(dirname(join(work, path)), { recursive: true });
        if (content === null) await rm(join(work, path));
        else await writeFile(join(work, path), content);
      }
      await git("add", "--all");
      await git("commit", "--quiet", "--allow-empty", "-m", message);
      await git("push", "--quiet", "origin", "main");
      return (await git("rev-parse", "HEAD")).stdout.trim();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(root, { recursive: true, force: true });
    },
  };
}

function backend(root: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? "/", "http://x");
  const child = spawn("git", ["http-backend"], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method ?? "GET",
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      GIT_PROTOCOL: request.headers["git-protocol"]?.toString() ?? "",
      REMOTE_USER: "flux",
    },
  });
  request.pipe(child.stdin);
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.on("close", () => {
    const all = Buffer.concat(chunks);
    const end = all.indexOf("\r\n\r\n");
    const head = all.subarray(0, end).toString("latin1");
    for (const line of head.split("\r\n")) {
      const colon = line.indexOf(":");
      const name = line.slice(0, colon);
      if (name.toLowerCase() === "status")
        response.statusCode = Number(
          line
            .slice(colon + 1)
            .trim()
            .slice(0, 3),
        );
      else response.setHeader(name, line.slice(colon + 1).trim());
    }
    response.end(all.subarray(end + 4));
  });
}
