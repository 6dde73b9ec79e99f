import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
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

export function sendReply(
  response: ServerResponse,
  reply: Reply,
  warnings: string[],
  headOnly: boolean,
): void {
  const text =
    reply.text ?? reply.json ?? (reply.body === undefined ? "" : `${JSON.stringify(reply.body)}\n`);
  const bytes = reply.bytes ?? Buffer.from(text, "utf8");
  response.statusCode = reply.status;
  const type =
    reply.contentType ?? (reply.text === undefined ? "application/json" : "text/plain; charset=utf-8");
  response.setHeader("Content-Type", type);
  response.setHeader("Audit-Id", randomUUID());
  response.setHeader("Cache-Control", "no-cache, private");
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  if (warnings.length > 0)
    response.setHeader(
      "Warning",
      warnings.map((text) => `299 - ${JSON.stringify(text)}`),
    );
  response.setHeader("Content-Length", bytes.length);
  response.end(headOnly ? undefined : bytes);
}
