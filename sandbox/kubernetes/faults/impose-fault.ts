import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { ApiFault } from "../../contracts.ts";
import type { ApiCluster } from "../api-cluster.ts";
import { sendReply } from "../http/reply.ts";

/** Does to a request what the cluster's fault says; true when there is nothing left to answer. */
export async function imposeFault(
  cluster: ApiCluster,
  path: string,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const fault = spend(cluster, path);
  switch (fault.kind) {
    case "none":
      return false;
    case "reset":
      incoming.socket.destroy();
      return true;
    case "black-hole":
      return true;
    case "slow":
      await delay(fault.delayMs);
      return false;
    case "error":
      sendError(response, fault.status);
      return true;
    case "cut":
      cutAfter(response, fault.afterBytes);
      return false;
  }
}

const none: ApiFault = { kind: "none" };

/** The fault, if it is for this path; one that is for so many requests is over after the last. */
function spend(cluster: ApiCluster, path: string): ApiFault {
  const { fault } = cluster;
  if (!("path" in fault || "times" in fault)) return fault;
  if (fault.path !== undefined && !path.startsWith(fault.path)) return none;
  if (fault.times !== undefined)
    cluster.fault = fault.times > 1 ? { ...fault, times: fault.times - 1 } : none;
  return fault;
}

/** Reasons of the statuses clients tell apart (apimachinery, StatusReason). */
const reasons: Record<number, string> = {
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  409: "Conflict",
  410: "Expired",
  422: "Invalid",
  500: "InternalError",
  503: "ServiceUnavailable",
  504: "Timeout",
};

/** Throttling is plain text (recorded in http); everything else is a Status. */
function sendError(response: ServerResponse, code: number): void {
  if (code === 429) {
    const text = "Too many requests, please try again later.\n";
    sendReply(response, { status: code, text, headers: { "Retry-After": "1" } }, [], false);
    return;
  }
  const reason = reasons[code] ?? "InternalError";
  const message = code === 401 ? "Unauthorized" : `${reason}: the sandbox was asked for this error`;
  const body = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason, code };
  sendReply(response, { status: code, body }, [], false);
}

/** Lets so many bytes of the answer's body out and closes the connection. */
function cutAfter(response: ServerResponse, bytes: number): void {
  let left = bytes;
  const write = response.write.bind(response) as (chunk: Buffer) => boolean;
  const pass = (chunk: unknown): boolean => {
    const whole = Buffer.from(typeof chunk === "string" || Buffer.isBuffer(chunk) ? chunk : "");
    const part = whole.subarray(0, left);
    left -= part.length;
    const went = part.length > 0 ? write(part) : true;
    // What is already written has to leave before the connection ends.
    if (part.length < whole.length || left === 0) setImmediate(() => response.socket?.destroy());
    return went;
  };
  response.write = pass as typeof response.write;
  response.end = ((chunk: unknown) => {
    pass(chunk);
    setImmediate(() => response.socket?.destroy());
    return response;
  }) as typeof response.end;
}
