import { spawn } from "node:child_process";
import type { ServerResponse } from "node:http";
import { gitEnvironment } from "../git/run-git.ts";

export interface BackendRequest {
  gitDir: string;
  method: string;
  /** Below the repository: `/info/refs`, `/git-upload-pack`, `/git-receive-pack`. */
  path: string;
  query: string;
  contentType: string;
  contentEncoding: string;
  protocol: string;
  login: string;
  /** See the pre-receive hook. */
  protectedRefs: string;
  body: Buffer;
}

/** Runs git's own `http-backend` as a CGI program and passes its answer on as it comes. */
export async function runBackend(request: BackendRequest, response: ServerResponse): Promise<void> {
  const child = spawn("git", ["http-backend"], {
    env: environment(request),
    stdio: ["pipe", "pipe", "ignore"],
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(request.body);
  response.on("close", () => child.kill());
  let head: Buffer | null = Buffer.alloc(0);
  child.stdout.on("data", (chunk: Buffer) => {
    if (head === null) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end === -1) return;
    writeHead(response, head.subarray(0, end).toString());
    response.write(head.subarray(end + 4));
    head = null;
  });
  await new Promise<void>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => {
      if (head !== null) response.writeHead(500);
      response.end(resolve);
      if (response.destroyed) resolve();
    });
  });
}

function writeHead(response: ServerResponse, head: string): void {
  let status = 200;
  for (const line of head.split("\r\n")) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === "status") status = Number(value.split(" ")[0]);
    else response.setHeader(name, value);
  }
  response.writeHead(status);
}

/** The CGI variables; `NODE_ENV`, which the types want, is none of git's business. */
function environment(request: BackendRequest): NodeJS.ProcessEnv {
  return {
    ...gitEnvironment,
    PATH: process.env.PATH,
    GIT_PROJECT_ROOT: request.gitDir,
    GIT_HTTP_EXPORT_ALL: "1",
    GIT_PROTOCOL: request.protocol,
    PATH_INFO: request.path,
    QUERY_STRING: request.query,
    REQUEST_METHOD: request.method,
    CONTENT_TYPE: request.contentType,
    CONTENT_LENGTH: String(request.body.length),
    HTTP_CONTENT_ENCODING: request.contentEncoding,
    REMOTE_USER: request.login,
    REMOTE_ADDR: "127.0.0.1",
    FORGE_PROTECTED: request.protectedRefs,
  } as NodeJS.ProcessEnv;
}
