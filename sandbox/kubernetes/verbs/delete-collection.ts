import { ApiError } from "../api-error.ts";
import { objectOf, textOf } from "../json.ts";
import { deleteObject } from "./delete-object.ts";
import type { DeleteOptions } from "./delete-object.ts";
import { listObjects } from "./list-objects.ts";
import type { Listed } from "./list-objects.ts";
import type { Target } from "./target.ts";

/** A denial inside a collection speaks of "Unknown" (recorded in admission). */
function unnamed(error: ApiError, name: string): ApiError {
  const details = { ...objectOf(error.status["details"]), name: "Unknown" };
  const message = error.message.replace(`"${name}"`, '"Unknown"');
  return new ApiError(error.code, textOf(error.status["reason"]), message, details);
}

/** Deletes what the selectors choose and answers with the list as it was before (recorded in deletion). */
export function deleteCollection(query: URLSearchParams, target: Target, options: DeleteOptions): Listed {
  const listed = listObjects(query, target);
  for (const stored of listed.items) {
    try {
      deleteObject(stored, target, options);
    } catch (error) {
      throw error instanceof ApiError && error.code !== 409
        ? unnamed(error, stored.object.metadata.name)
        : error;
    }
  }
  return listed;
}
