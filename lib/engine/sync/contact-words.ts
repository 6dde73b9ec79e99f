import type { KubeApiError } from "../../kubernetes/api-error.ts";

const closed = "the connection was closed";
const late = "no answer within the deadline";
const unsigned = "its certificate is not signed by the authority we know it by";

/** Codes of Node's sockets, DNS and TLS, and of undici, in people's words. */
const words = new Map<string, string>([
  ...["UND_ERR_SOCKET", "UND_ERR_CLOSED", "UND_ERR_DESTROYED", "ECONNRESET", "ECONNABORTED", "EPIPE"].map(
    (code): [string, string] => [code, closed],
  ),
  ...[
    "UND_ERR_CONNECT_TIMEOUT",
    "UND_ERR_HEADERS_TIMEOUT",
    "UND_ERR_BODY_TIMEOUT",
    "ETIMEDOUT",
    "ESOCKETTIMEDOUT",
  ].map((code): [string, string] => [code, late]),
  ["ECONNREFUSED", "the connection was refused"],
  ["ENOTFOUND", "its name is not known to DNS"],
  ["EAI_AGAIN", "DNS does not answer"],
  ["EHOSTUNREACH", "no way leads to its address"],
  ["ENETUNREACH", "no way leads to its address"],
  ["CERT_HAS_EXPIRED", "its certificate has expired"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "its certificate is another server's"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", unsigned],
  ["SELF_SIGNED_CERT_IN_CHAIN", unsigned],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", unsigned],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", unsigned],
]);

/** Why an API server was not read, as pages say it: what it answered, or why it did not in words of no library. */
export function contactWords(error: KubeApiError): string {
  if (!error.silent) return error.message;
  let cause: unknown = error;
  for (let depth = 0; depth < 5 && cause instanceof Error; depth++) {
    const said = "code" in cause && typeof cause.code === "string" ? words.get(cause.code) : undefined;
    if (said !== undefined) return said;
    cause = cause.cause;
  }
  return error.message;
}
