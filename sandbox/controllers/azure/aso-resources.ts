import { kindNamed } from "../capi/kinds.ts";
import type { Management } from "../capi/management.ts";
import { at, listAt, recordAt, textAt } from "../capi/read.ts";
import { apiVersionOf } from "../runtime/kind.ts";
import type { Kind } from "../runtime/kind.ts";
import { controllerRef } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { isAsoReady } from "./aso-condition.ts";

/** An ASO object as a provider object's `spec.resources` asks for it, with what Cluster API adds. */
export interface AsoResource {
  kind: Kind;
  name: string;
  metadata: Record<string, unknown>;
  spec: Record<string, unknown>;
}

/** Reads `spec.resources`; kinds the sandbox's Azure does not know are left out. */
export function resourcesOf(owner: Unstructured): AsoResource[] {
  return listAt(owner, "spec", "resources").flatMap((each) => {
    const kind = kindNamed(textAt(each, "kind") ?? "");
    const name = textAt(each, "metadata", "name");
    if (kind === undefined || name === undefined) return [];
    return [{ kind, name, metadata: recordAt(each, "metadata"), spec: recordAt(each, "spec") }];
  });
}

/**
 * Applies the resources that differ from what is stored, and answers `status.resources`: the entry is ready when
 * ASO reports this very generation as done.
 */
export async function applyResources(
  management: Management,
  owner: Unstructured,
  resources: readonly AsoResource[],
): Promise<{ statuses: Record<string, unknown>[]; ready: boolean }> {
  const statuses: Record<string, unknown>[] = [];
  for (const resource of resources) {
    const stored = management.get(resource.kind, resource.name, owner.metadata.namespace);
    const changed = stored === undefined || !holds(stored, resource);
    if (changed && stored?.metadata.deletionTimestamp === undefined)
      await management.client.apply(resource.kind, manifest(owner, resource), {
        fieldManager: "capz-manager",
      });
    statuses.push(resourceStatus(resource, !changed && isAsoReady(stored)));
  }
  return { statuses, ready: statuses.every((each) => each.ready === true) };
}

/** Deletes the resources; answers those that are still there. */
export async function deleteResources(
  management: Management,
  owner: Unstructured,
  resources: readonly AsoResource[],
): Promise<Record<string, unknown>[]> {
  const left: Record<string, unknown>[] = [];
  for (const resource of resources) {
    const stored = management.get(resource.kind, resource.name, owner.metadata.namespace);
    if (stored === undefined) continue;
    await management.remove(resource.kind, stored);
    left.push(resourceStatus(resource, false));
  }
  return left;
}

function manifest(owner: Unstructured, { kind, name, metadata, spec }: AsoResource): Unstructured {
  return {
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    metadata: {
      ...metadata,
      name,
      namespace: owner.metadata.namespace,
      ownerReferences: [controllerRef(owner)],
    },
    spec,
  };
}

function holds(stored: Unstructured, { spec }: AsoResource): boolean {
  return contains(recordAt(stored, "spec"), spec);
}

/** Whether everything wanted is there; the server may have added defaults. */
function contains(stored: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted))
    return (
      Array.isArray(stored) &&
      stored.length === wanted.length &&
      wanted.every((each, index) => contains(stored[index], each))
    );
  if (typeof wanted !== "object" || wanted === null) return stored === wanted;
  return Object.entries(wanted).every(
    ([field, value]) => value === undefined || contains(at(stored, field), value),
  );
}

function resourceStatus({ kind, name }: AsoResource, ready: boolean): Record<string, unknown> {
  return { resource: { group: kind.group, version: kind.version, kind: kind.kind, name }, ready };
}
