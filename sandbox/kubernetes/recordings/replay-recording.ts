import { readFileSync } from "node:fs";
import { request as httpsRequest } from "node:https";
import type { IncomingHttpHeaders } from "node:http";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { setTimeout as delay } from "node:timers/promises";
import { isObject, objectOf, sayJson, textOf } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";
import { Bindings, matchRecorded, settle } from "./match-recorded.ts";

export interface ReplayTarget {
  url: string;
  ca: string;
  tokens: Record<string, string>;
  /** Controllers are at work: what is read may need a moment to become what was recorded. */
  controllers?: boolean;
}

export interface ReplayResult {
  name: string;
  differences: string[];
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** The entries of one recording. */
export function readRecording(name: string): JsonObject[] {
  const entries = JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), "utf8")) as Json;
  return Array.isArray(entries) ? entries.filter(isObject) : [];
}

/** Sends a recording's requests in order and says how each answer differs from the real server's. */
export async function replayRecording(name: string, target: ReplayTarget): Promise<ReplayResult[]> {
  const bindings = new Bindings();
  const results: ReplayResult[] = [];
  const open: { until: string; entry: JsonObject; close: () => Promise<Answer> }[] = [];
  for (const entry of readRecording(name)) {
    const title = textOf(entry["name"]);
    if (entry["step"] !== undefined) {
      if (entry["step"] === "compact") await compact(target, bindings.fill(textOf(entry["upTo"])));
      if (entry["step"] === "background") void send(target, bindings, objectOf(entry["request"])).catch(() => undefined);
      await delay(50);
      continue;
    }
    if (typeof entry["until"] === "string") {
      open.push({ until: entry["until"], entry, close: openWatch(target, bindings, objectOf(entry["request"])) });
      await delay(50);
      continue;
    }
    const answer = await settledAnswer(target, bindings, entry);
    results.push({ name: title, differences: compare(entry, answer, bindings) });
    if (answer.headers.etag !== undefined) bindings.set("<etag>", answer.headers.etag);
    const tokenOf = authTokenOf(answer);
    if (tokenOf !== undefined) target.tokens["robot"] = tokenOf;
    for (const watch of open.filter((one) => one.until === title)) {
      await delay(100);
      results.push({ name: textOf(watch.entry["name"]), differences: compare(watch.entry, await watch.close(), bindings) });
    }
  }
  return results;
}

const patienceMs = 20_000;

/** The answer; where controllers are at work, a read is repeated until it is as recorded or too late. */
async function settledAnswer(target: ReplayTarget, bindings: Bindings, entry: JsonObject): Promise<Answer> {
  const request = objectOf(entry["request"]);
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const answer = await send(target, bindings, request).catch(
      (error: unknown): Answer => ({ status: 0, headers: {}, text: String(error) }),
    );
    const patient = target.controllers === true && request["method"] === "GET" && Date.now() < deadline;
    if (!patient || compare(entry, answer, bindings.copy()).length === 0) return answer;
    await delay(50);
  }
}

function authTokenOf(answer: Answer): string | undefined {
  if (!answer.text.includes('"TokenRequest"')) return undefined;
  const token = objectOf(objectOf(JSON.parse(answer.text))["status"])["token"];
  return typeof token === "string" ? token : undefined;
}

/** Drops what etcd has up to a revision, by the control endpoint of the sandbox. */
async function compact(target: ReplayTarget, upTo: string): Promise<void> {
  const body = { upTo: Number(upTo) };
  await send(target, new Bindings(), { method: "POST", path: "/sandbox/management/compact", body });
}

function headersOf(target: ReplayTarget, bindings: Bindings, request: JsonObject): Record<string, string> {
  const headers: Record<string, string> = {
    Accept: "application/json",
    "User-Agent": "recorder",
    Authorization: `Bearer ${target.tokens["admin"] ?? ""}`,
  };
  if (request["body"] !== undefined) headers["Content-Type"] = "application/json";
  for (const [name, value] of Object.entries(objectOf(request["headers"]))) {
    const known = Object.keys(headers).find((header) => header.toLowerCase() === name.toLowerCase()) ?? name;
    if (value === null) Reflect.deleteProperty(headers, known);
    else {
      headers[known] = bindings
        .fill(textOf(value))
        .replace(/^Bearer <([\w-]+)>$/, (_all, user: string) => `Bearer ${target.tokens[user] ?? user}`);
    }
  }
  return headers;
}

function bodyOf(bindings: Bindings, body: Json | undefined): string | undefined {
  if (body === undefined) return undefined;
  if (typeof body === "string") return bindings.fill(body);
  const build = isObject(body) ? body["build"] : undefined;
  if (Array.isArray(build)) {
    const [before, unit, count, after] = build;
    return `${textOf(before)}${textOf(unit).repeat(Number(count))}${textOf(after)}`;
  }
  return JSON.stringify(bindings.fill(body));
}

function send(target: ReplayTarget, bindings: Bindings, request: JsonObject): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const url = new URL(target.url);
    const body = bodyOf(bindings, request["body"]);
    const outgoing = httpsRequest({
      hostname: url.hostname,
      port: url.port,
      ca: target.ca,
      method: textOf(request["method"]),
      path: bindings.fill(textOf(request["path"])).replaceAll(" ", "%20"),
      headers: { ...headersOf(target, bindings, request), ...(body === undefined ? {} : { "Content-Length": Buffer.byteLength(body) }) },
    });
    outgoing.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const bytes = Buffer.concat(chunks);
        const whole = response.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: whole.toString("utf8") });
      });
      response.on("error", reject);
    });
    outgoing.on("error", reject);
    outgoing.setTimeout(5000, () => outgoing.destroy(new Error("no answer within 5 s")));
    outgoing.end(body);
  });
}

function openWatch(target: ReplayTarget, bindings: Bindings, request: JsonObject): () => Promise<Answer> {
  const url = new URL(target.url);
  let text = "";
  let answer: Answer = { status: 0, headers: {}, text: "" };
  const outgoing = httpsRequest({
    hostname: url.hostname,
    port: url.port,
    ca: target.ca,
    method: "GET",
    path: bindings.fill(textOf(request["path"])),
    headers: headersOf(target, bindings, request),
  });
  outgoing.on("response", (response) => {
    answer = { status: response.statusCode ?? 0, headers: response.headers, text: "" };
    response.setEncoding("utf8");
    response.on("data", (chunk: string) => (text += chunk));
    response.on("error", () => undefined);
  });
  outgoing.on("error", () => undefined);
  outgoing.end();
  return () => {
    outgoing.destroy();
    return Promise.resolve({ ...answer, text });
  };
}

function compare(entry: JsonObject, answer: Answer, bindings: Bindings): string[] {
  const expected = objectOf(entry["response"]);
  const options = { bindings, partial: expected["trimmed"] !== undefined };
  const found = expected["status"] === answer.status ? [] : [`status: expected ${sayJson(expected["status"])} got ${String(answer.status)}`];
  for (const [name, value] of Object.entries(objectOf(expected["headers"]))) {
    if (name === "transfer-encoding") continue;
    const got = answer.headers[name];
    if (name === "warning" && typeof got === "string") {
      const list = got.split(/, (?=299 - )/);
      found.push(...matchRecorded(value, list.length === 1 ? got : list, options, name));
    } else if (typeof value === "string" && value.startsWith("<")) {
      if (got === undefined) found.push(`${name}: missing`);
    } else found.push(...matchRecorded(value, got, options, name));
  }
  const lines = expected["lines"];
  if (Array.isArray(lines)) return [...found, ...matchRecorded(lines, linesOf(answer.text), options, "lines")];
  if (expected["body"] === undefined) return found;
  return [...found, ...matchRecorded(expected["body"], parsed(answer.text), options, "body")];
}

function parsed(text: string): Json {
  try {
    return settle(JSON.parse(text) as Json);
  } catch {
    return text;
  }
}

/** Equal bookmarks in a row count once. */
function linesOf(text: string): Json[] {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines
    .filter((line, i) => !(line.startsWith('{"type":"BOOKMARK"') && line === lines[i - 1]))
    .map((line) => settle(JSON.parse(line) as Json));
}
