import { ApiError } from "./api-error.ts";

/** What `X-GitHub-Enterprise-Version` says; the first whose documentation names both API versions. */
export const enterpriseVersion = "3.21.0";

const oldest = "2022-11-28";
const newest = "2026-03-10";

/**
 * The API version a request gets; without the header the oldest.
 * @throws ApiError 400 for a version that is none.
 */
export function selectedVersion(header: string | string[] | undefined): string {
  if (header === undefined) return oldest;
  if (header === oldest || header === newest) return header;
  throw new ApiError(
    400,
    `The version you specified in the "X-GitHub-API-Version" request header, ${JSON.stringify(header)}, is not a supported version. The following versions are currently supported: "${oldest}, ${newest}".`,
  );
}

const removed = new Set(["merge_commit_sha", "assignee", "rate", "has_downloads"]);

/** A reply's body in the form of an API version: 2026-03-10 lacks what was announced as removed. */
export function inVersion(version: string, body: unknown): unknown {
  if (version !== newest || Buffer.isBuffer(body)) return body;
  if (Array.isArray(body)) return body.map((item) => inVersion(version, item));
  if (typeof body !== "object" || body === null) return body;
  const kept = Object.entries(body).filter(([key]) => !removed.has(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, inVersion(version, value)]));
}
