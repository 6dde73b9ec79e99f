import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import type { Json } from "../json.ts";

/** What a handler answers. `text` goes out as it is, `json` is already serialised. */
export interface Reply {
  status: number;
  body?: Json | undefined;
  json?: string;
  text?: string;
  bytes?: Buffer;
  contentType?: string;
  headers?: Record<string, string>;
}

/** The one flow schema and priority level everything belongs to. */
const flowSchema = randomUUID();
const priorityLevel = randomUUID();

/** Headers of every answer, watches included. */
export function commonHeaders(): Record<string, string> {
  return {
    "Audit-Id": randomUUID(),
    "Cache-Control": "no-cache, private",
    "X-Kubernetes-Pf-Flowschema-Uid": flowSchema,
    "X-Kubernetes-Pf-Prioritylevel-Uid": priorityLevel,
  };
}

export function sendReply(
  response: ServerResponse,
  reply: Reply,
  warnings: string[],
  headOnly: boolean,
): void {
  const text =
    reply.text ?? reply.json ?? (reply.body === undefined ? "" : `${JSON.stringify(reply.body)}\n`);
  const plain = reply.text !== undefined && reply.contentType === undefined;
  response.statusCode = reply.status;
  const type = reply.contentType ?? (plain ? "text/plain; charset=utf-8" : "application/json");
  response.setHeader("Content-Type", type);
  if (plain) response.setHeader("X-Content-Type-Options", "nosniff");
  const headers = { ...commonHeaders(), ...reply.headers };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (warnings.length > 0)
    response.setHeader(
      "Warning",
      warnings.map((text) => `299 - ${JSON.stringify(text)}`),
    );
  const bytes = compressed(response, reply.bytes ?? Buffer.from(text, "utf8"));
  response.setHeader("Content-Length", bytes.length);
  response.end(headOnly ? undefined : bytes);
}

/** Smaller answers are not worth it to the API server. */
const compressFrom = 128 * 1024;

/** gzip for who takes exactly that (recorded in http); says so in the headers. */
function compressed(response: ServerResponse, bytes: Buffer): Buffer {
  const accepted = response.req.headers["accept-encoding"] ?? "";
  const takes = accepted.split(",").some((item) => item.trim() === "gzip");
  if (!takes || bytes.length <= compressFrom) return bytes;
  response.setHeader("Content-Encoding", "gzip");
  response.setHeader("Vary", "Accept-Encoding");
  return gzipSync(bytes, { level: 4 });
}
