import { deleteObject } from "./delete-object.ts";
import type { DeleteOptions } from "./delete-object.ts";
import { listObjects } from "./list-objects.ts";
import type { Listed } from "./list-objects.ts";
import type { Target } from "./target.ts";

/** Deletes what the selectors choose and answers with the list as it was before (recorded in deletion). */
export function deleteCollection(query: URLSearchParams, target: Target, options: DeleteOptions): Listed {
  const listed = listObjects(query, target);
  for (const stored of listed.items) deleteObject(stored, target, options);
  return listed;
}
