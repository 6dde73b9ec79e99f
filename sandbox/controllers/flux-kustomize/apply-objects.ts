import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import PQueue from "p-queue";
import { ApiError } from "../runtime/api-error.ts";
import type { Kind } from "../runtime/kind.ts";
import type { Unstructured } from "../runtime/objects.ts";
import type { ClusterAccess } from "./cluster-access.ts";
import { FIELD_MANAGER, KUSTOMIZE_GROUP } from "./field-manager.ts";
import { releaseKubectlFields } from "./kubectl-fields.ts";
import { listedKey, listedObjects } from "./listed-objects.ts";
import { messageOf } from "./reconcile-error.ts";
import { orderedOf, stagesOf, subjectOf } from "./resource-order.ts";
import { waitForObjects } from "./wait-for-objects.ts";

/** What became of one object. */
export interface Applied {
  object: Unstructured;
  action: "created" | "configured" | "unchanged" | "skipped";
}

interface Planned extends Applied {
  kind: Kind;
  live: Unstructured | undefined;
}

const CONCURRENCY = 4;

/**
 * Applies objects in stages. Each stage is dry-run as a whole before anything of it is written, so one kind that is
 * not served, or one field that is refused, leaves the stage alone. Where `force` or its annotation says so, an object
 * that is refused for an immutable field is deleted and made anew, whatever protects it from pruning (fluxcd/pkg/ssa,
 * shouldForceApply). Throws with `Kind/ns/name dry-run failed …`.
 */
export async function applyObjects(
  access: ClusterAccess,
  objects: readonly Unstructured[],
  { timeoutMs, force }: { timeoutMs: number; force: boolean },
): Promise<Applied[]> {
  const all: Applied[] = [];
  for (const stage of stagesOf(objects)) {
    const queue = new PQueue({ concurrency: CONCURRENCY });
    const listed = await listedObjects(access, stage);
    const planned = await queue.addAll(
      stage.map((object) => () => plan(access, object, listed.get(listedKey(object)), force)),
    );
    const changed = planned.filter((each) => each.action === "created" || each.action === "configured");
    await queue.addAll(changed.map((each) => () => write(access, each)));
    all.push(...planned.map(({ object, action }) => ({ object, action })));
    const definitions = changed.filter((each) => each.object.kind === "CustomResourceDefinition");
    if (definitions.length > 0) {
      await waitForObjects(
        access,
        definitions.map((each) => each.object),
        { timeoutMs, everyMs: 100, evaluators: [] },
      );
      access.mapper.forget();
    }
  }
  return all;
}

async function plan(
  access: ClusterAccess,
  object: Unstructured,
  listed: Unstructured | undefined,
  force: boolean,
): Promise<Planned> {
  const subject = subjectOf(orderedOf(object));
  try {
    const kind = await access.mapper.find(object.apiVersion, object.kind);
    const { name, namespace } = object.metadata;
    if (kind.namespaced && namespace === undefined) {
      throw new Error("namespace not specified: the server could not find the requested resource");
    }
    if (listed !== undefined && isMarked(access, object, listed))
      return { object, kind, live: listed, action: "unchanged" };
    let live = await access.client.find(kind, name, namespace);
    if (live === undefined) {
      await access.client.apply(kind, object, { dryRun: true });
      return { object, kind, live, action: "created" };
    }
    if (isSkipped(live, object)) return { object, kind, live, action: "skipped" };
    live = await releaseKubectlFields(access.client, kind, live);
    if (isMarked(access, object, live)) return { object, kind, live, action: "unchanged" };
    const wanted = await dryRun(access, kind, object, force || isForced(object, live));
    if (wanted === undefined) return { object, kind, live: undefined, action: "created" };
    if (hasDrifted(live, wanted)) return { object, kind, live, action: "configured" };
    mark(access, object, live);
    return { object, kind, live, action: "unchanged" };
  } catch (error) {
    const reason = error instanceof ApiError && error.reason !== "" ? ` (${error.reason})` : "";
    throw new Error(`${subject} dry-run failed${reason}: ${messageOf(error)}`, { cause: error });
  }
}

/** What the object would become; undefined when the old one had to go for it. */
async function dryRun(
  { client }: ClusterAccess,
  kind: Kind,
  object: Unstructured,
  force: boolean,
): Promise<Unstructured | undefined> {
  try {
    return await client.apply(kind, object, { dryRun: true });
  } catch (error) {
    const isImmutable = error instanceof ApiError && error.status === 422 && /immutable/.test(error.message);
    if (!force || !isImmutable) throw error;
    await client.delete(kind, object.metadata.name, object.metadata.namespace);
    return undefined;
  }
}

function isForced(...objects: Unstructured[]): boolean {
  const key = `${KUSTOMIZE_GROUP}/force`;
  return objects.some(({ metadata }) => metadata.annotations?.[key]?.toLowerCase() === "enabled");
}

async function write(access: ClusterAccess, { object, kind }: Planned): Promise<void> {
  try {
    mark(access, object, await access.client.apply(kind, object, { fieldManager: FIELD_MANAGER }));
  } catch (error) {
    throw new Error(`${subjectOf(orderedOf(object))} apply failed: ${messageOf(error)}`, { cause: error });
  }
}

function isSkipped(live: Unstructured, object: Unstructured): boolean {
  const marks = { ...live.metadata.annotations, ...object.metadata.annotations };
  const ssa = marks[`${KUSTOMIZE_GROUP}/ssa`]?.toLowerCase();
  return marks[`${KUSTOMIZE_GROUP}/reconcile`] === "disabled" || ssa === "ignore" || ssa === "ifnotpresent";
}

function hasDrifted(live: Unstructured, wanted: Unstructured): boolean {
  return !isDeepStrictEqual(withoutServerFields(live), withoutServerFields(wanted));
}

function withoutServerFields(object: Unstructured): unknown {
  const { metadata, ...rest } = object;
  const body = Object.entries(rest).filter(([name]) => name !== "status");
  const { labels = {}, annotations = {}, ownerReferences, finalizers } = metadata;
  return { ...Object.fromEntries(body), labels, annotations, ownerReferences, finalizers };
}

function markKey(object: Unstructured): string {
  const owner = object.metadata.labels ?? {};
  const by = `${owner[`${KUSTOMIZE_GROUP}/namespace`] ?? ""}/${owner[`${KUSTOMIZE_GROUP}/name`] ?? ""}`;
  return `${by} ${object.apiVersion} ${subjectOf(orderedOf(object))}`;
}

function isMarked(access: ClusterAccess, object: Unstructured, live: Unstructured): boolean {
  const known = access.marks.get(markKey(object));
  return known?.resourceVersion === live.metadata.resourceVersion && known?.manifest === fingerprint(object);
}

function mark(access: ClusterAccess, object: Unstructured, live: Unstructured): void {
  const { resourceVersion } = live.metadata;
  if (resourceVersion !== undefined) {
    access.marks.set(markKey(object), { resourceVersion, manifest: fingerprint(object) });
  }
}

/** Shared manifests (one Flux on fifty clusters) are kept as hashes, not as texts. */
function fingerprint(object: Unstructured): string {
  return createHash("sha1").update(JSON.stringify(object)).digest("base64");
}
