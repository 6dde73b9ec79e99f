import type { Json } from "../json.ts";
import type { ApiRequest } from "./parse-request.ts";
import { mediaTypeOf, parseBody, readBody } from "./read-body.ts";

/** The body of a request, parsed and as it came. @throws ApiError for what cannot be read. */
export async function bodyOf(request: ApiRequest): Promise<{ value: Json; text: string }> {
  const text = await readBody(request.incoming);
  return { value: parseBody(text, mediaTypeOf(request.incoming)), text };
}
