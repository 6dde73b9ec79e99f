import { spawn } from "node:child_process";
import type { ServerResponse } from "node:http";
import { gitEnvironment } from "../git/run-git.ts";

interface BackendRequest {
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

/**
 * Runs git's own `http-backend` as a CGI program and passes its answer on as it comes.
 * @param settle When given, the answer is held back until this is done after git is: whoever pushed then finds
 * pull requests as his push left them.
 */
export async function runBackend(
  request: BackendRequest,
  response: ServerResponse,
  settle?: () => Promise<void>,
): Promise<void> {
  const child = spawn("git", ["http-backend"], {
    env: environment(request),
    stdio: ["pipe", "pipe", "ignore"],
  });
  // A backend that refuses early closes its input; what it answers is what counts.
  child.stdin.on("error", () => undefined);
  child.stdin.end(request.body);
  const answer = new CgiAnswer(response);
  const held: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => {
    if (settle === undefined) answer.take(chunk);
    else held.push(chunk);
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => {
      resolve();
    });
  });
  if (settle === undefined) response.on("close", () => child.kill());
  await ended;
  try {
    await settle?.();
  } finally {
    answer.take(Buffer.concat(held));
    answer.end();
  }
}

/** Turns what a CGI program prints, headers and then the body, into an HTTP answer. */
class CgiAnswer {
  readonly #response: ServerResponse;
  #head: Buffer | null = Buffer.alloc(0);

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  take(chunk: Buffer): void {
    if (this.#head === null) {
      this.#response.write(chunk);
      return;
    }
    this.#head = Buffer.concat([this.#head, chunk]);
    const end = this.#head.indexOf("\r\n\r\n");
    if (end === -1) return;
    writeHead(this.#response, this.#head.subarray(0, end).toString());
    this.#response.write(this.#head.subarray(end + 4));
    this.#head = null;
  }

  end(): void {
    if (this.#head !== null) this.#response.writeHead(500);
    this.#response.end();
  }
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

/** The CGI variables; `NODE_ENV` is there because the types want it. */
function environment(request: BackendRequest): NodeJS.ProcessEnv {
  return {
    ...gitEnvironment,
    NODE_ENV: "production",
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
  };
}
