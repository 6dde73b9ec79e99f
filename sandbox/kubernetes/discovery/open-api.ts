import type { ApiRequest } from "../http/parse-request.ts";
import type { Reply } from "../http/reply.ts";

/** `/openapi/v2` and `/openapi/v3`; undefined for any other path. */
export function openApi(_request: ApiRequest): Reply | undefined {
  return undefined;
}
