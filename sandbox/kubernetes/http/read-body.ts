import type { IncomingMessage } from "node:http";
import { ApiError, badRequest, unsupportedMediaType } from "../api-error.ts";
import type { Json } from "../json.ts";
import { decodeProtobuf } from "./decode-protobuf.ts";
import { duplicateKeys } from "./duplicate-keys.ts";
import { parseYaml } from "./parse-yaml.ts";

/** The API server's limit for a request body. */
const largest = 3 * 1024 * 1024;

const protobufType = "application/vnd.kubernetes.protobuf";

/** The body as text; protobuf as the JSON it stands for. @throws ApiError 413 when it is too big. */
export async function readBody(incoming: IncomingMessage): Promise<string> {
  const bytes = await readBytes(incoming);
  if (mediaTypeOf(incoming) !== protobufType || bytes.length === 0) return bytes.toString("utf8");
  return JSON.stringify(decodeProtobuf(bytes));
}

async function readBytes(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > largest) {
      throw new ApiError(
        413,
        "RequestEntityTooLarge",
        `Request entity too large: limit is ${String(largest)}`,
      );
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

export function mediaTypeOf(incoming: IncomingMessage): string {
  return (incoming.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/**
 * A JSON or YAML body as a value; members that are given twice are said in `duplicates`.
 *
 * @throws ApiError 400 for broken text, 415 for other media types.
 */
export function parseBody(text: string, mediaType: string, duplicates: string[] = []): Json {
  if (mediaType.endsWith("yaml")) return parseYaml(text, duplicates);
  if (mediaType !== "" && mediaType !== "application/json" && mediaType !== protobufType) {
    throw unsupportedMediaType(
      `the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf`,
    );
  }
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    throw badRequest(`couldn't get version/kind; json parse error: ${goError(text, String(error))}`);
  }
  duplicates.push(...duplicateKeys(text));
  return value;
}

/** V8's complaint about a JSON text in the words of encoding/json. */
function goError(text: string, error: string): string {
  const after = /after JSON at position (\d+)/.exec(error)?.[1];
  if (after !== undefined) return `invalid character '${text[Number(after)] ?? ""}' after top-level value`;
  const token = /Unexpected token '(.)'/s.exec(error)?.[1];
  if (token !== undefined) return `invalid character '${token}' looking for beginning of value`;
  return "unexpected end of JSON input";
}
