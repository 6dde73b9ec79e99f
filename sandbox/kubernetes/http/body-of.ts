import { ApiError, badRequest } from "../api-error.ts";
import type { Json } from "../json.ts";
import { unrecognized } from "../verbs/read-object.ts";
import type { ApiRequest } from "./parse-request.ts";
import { mediaTypeOf, parseBody, readBody } from "./read-body.ts";

/**
 * The body of a request, parsed and as it came.
 *
 * @param kind what it should be, for the message.
 * @throws ApiError for what cannot be read.
 */
export async function bodyOf(request: ApiRequest, kind: string): Promise<{ value: Json; text: string }> {
  const text = await readBody(request.incoming);
  requireStorable(text);
  try {
    return { value: parseBody(text, mediaTypeOf(request.incoming), request.duplicates), text };
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 400) throw error;
    throw badRequest(unrecognized(kind, error.message, text));
  }
}

/** What etcd and its client take at most, by default. */
const largestValue = 1.5 * 1024 * 1024;
const largestMessage = 2 * 1024 * 1024;

/** @throws ApiError 500 in etcd's words; the body stands for the stored object, which is about as long. */
function requireStorable(text: string): void {
  if (text.length > largestMessage) {
    const said = `${String(text.length)} vs. ${String(largestMessage)}`;
    throw new ApiError(
      500,
      undefined,
      `rpc error: code = ResourceExhausted desc = trying to send message larger than max (${said})`,
    );
  }
  if (text.length > largestValue) throw new ApiError(500, undefined, "etcdserver: request is too large");
}
