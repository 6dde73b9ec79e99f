import { isIP } from "node:net";

/** Words a failed connection the way Go's net/http does, as they appear in Flux's conditions. */
export function goNetworkError(target: URL, error: unknown): string {
  const port = target.port === "" ? (target.protocol === "https:" ? "443" : "80") : target.port;
  const where = `dial tcp ${isIP(target.hostname) ? target.hostname : "127.0.0.1"}:${port}: connect`;
  const code = codeOf(error);
  if (code === "ECONNREFUSED") return `${where}: connection refused`;
  if (code === "EHOSTUNREACH" || code === "ENETUNREACH") return `${where}: no route to host`;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return `dial tcp: lookup ${target.hostname}: no such host`;
  if (code === "UND_ERR_CONNECT_TIMEOUT") return `dial tcp ${target.hostname}:${port}: i/o timeout`;
  if (code === "ECONNRESET" || code === "EPIPE") return "read: connection reset by peer";
  if (code === "UND_ERR_SOCKET") return "EOF";
  if (code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT" || isTimeout(error)) {
    return "net/http: request canceled (Client.Timeout exceeded while awaiting headers)";
  }
  if (
    code.startsWith("ERR_TLS") ||
    code.includes("CERT") ||
    code.includes("SIGNATURE") ||
    code.includes("ISSUER")
  ) {
    return "tls: failed to verify certificate: x509: certificate signed by unknown authority";
  }
  return error instanceof Error ? error.message : String(error);
}

/** Whether an error is about reaching the server at all, not about its answer. */
export function isNetworkError(error: unknown): boolean {
  return codeOf(error) !== "" || isTimeout(error);
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === "TimeoutError";
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const { code } = error as Error & { code?: unknown };
  if (typeof code === "string") return code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return codeOf(error.cause);
}
