import { ApiError } from "../http/api-error.ts";
import { Body } from "../http/body.ts";
import { isPreset, presetAnswer } from "./presets.ts";
import type { FaultAnswer } from "./presets.ts";

const cuts = ["request", "answer", "body"] as const;
/**
 * Where the connection is cut: before the handler saw the request, after the handler did its work and before a byte of
 * the answer (a lost answer), or in the middle of the answer's body.
 */
type Cut = (typeof cuts)[number];

/** A fault that waits for requests: which, how many, and what happens to them. */
export interface RequestFault {
  id: number;
  method: string | null;
  /** Searched for in path and query, e.g. `/repos/acme/fleet/pulls`. */
  path: string | null;
  login: string | null;
  /** Matching requests let through first. */
  skip: number;
  /** Requests still to be hit; null = until the fault is cleared. */
  left: number | null;
  hits: number;
  delayMs: number;
  cut: Cut | null;
  /** Made anew for each request, since limits tell times. */
  answer: ((url: string) => FaultAnswer) | null;
}

/**
 * Reads a fault as the control endpoint takes it.
 * @throws ApiError 422 for a fault that says nothing or cannot be understood.
 */
export function readFault(value: unknown, id: number): RequestFault {
  const body = new Body(value);
  const cut = body.text("cut") ?? null;
  const known = cuts.find((candidate) => candidate === cut) ?? null;
  if (cut !== known) throw new ApiError(422, `cut is one of ${cuts.join(", ")}`);
  const path = body.text("path") ?? null;
  if (path !== null) checkPattern(path);
  const fault = {
    id,
    method: body.text("method")?.toUpperCase() ?? null,
    path,
    login: body.text("login") ?? null,
    skip: body.number("skip") ?? 0,
    left: body.raw("times") === "always" ? null : (body.number("times") ?? 1),
    hits: 0,
    delayMs: body.number("delayMs") ?? 0,
    cut: known,
    answer: readAnswer(body),
  };
  if (fault.answer === null && fault.cut === null && fault.delayMs === 0) {
    throw new ApiError(422, "a fault has a status, a preset, a cut or a delayMs");
  }
  return fault;
}

function readAnswer(body: Body): RequestFault["answer"] {
  const seconds = body.number("retryAfter") ?? null;
  const preset = body.text("preset");
  if (preset !== undefined) {
    if (!isPreset(preset)) throw new ApiError(422, `there is no preset ${preset}`);
    return (url) => presetAnswer(preset, url, seconds);
  }
  const status = body.number("status");
  if (status === undefined) return null;
  const message = body.text("message") ?? "Injected by the sandbox";
  const errors = body.raw("errors");
  const headers = {
    ...(seconds === null ? {} : { "retry-after": String(seconds) }),
    ...(body.raw("headers") as Record<string, string> | undefined),
  };
  const made = new ApiError(status, message, Array.isArray(errors) ? errors : undefined).body();
  return () => ({ status, headers, body: body.raw("body") ?? made });
}

function checkPattern(path: string): void {
  try {
    new RegExp(path);
  } catch {
    throw new ApiError(422, `path is no regular expression: ${path}`);
  }
}
