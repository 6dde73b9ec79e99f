import { readFluxObject } from "../../domain/flux/read-flux-object.ts";
import { shaOfRevision } from "../../domain/flux/revision.ts";
import type { FluxData } from "../../db/inventory-rows.ts";
import type { ObjectCache } from "./object-cache.ts";
import { sourceRevisionFrom } from "./sources.ts";

/** How far the source of the Kustomization `cluster` has come; any source will do before that exists. */
export function fetchedPosition(
  cache: ObjectCache,
  objects: readonly FluxData[],
  position: (sha: string) => number | null,
): number | null {
  const own = objects.find(({ role, home }) => role === "capi" && home === "management");
  const revision = own?.sourceKind
    ? sourceRevisionFrom(cache)({
        kind: own.sourceKind,
        namespace: own.sourceNamespace ?? "",
        name: own.sourceName ?? "",
      })
    : null;
  const revisions = own
    ? [revision]
    : cache.all("GitRepository").map((source) => readFluxObject(source).revision);
  const positions = revisions.flatMap((one) => {
    const sha = shaOfRevision(one);
    return sha === null ? [] : (position(sha) ?? []);
  });
  return positions.length === 0 ? null : Math.max(...positions);
}
