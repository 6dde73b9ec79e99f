import type { StatusWriter } from "../flux/status-writer.ts";
import { FLUX_FINALIZER, fluxKinds } from "../flux/flux-kinds.ts";
import { changeSetText, deleteObjects, waitForTermination } from "./delete-objects.ts";
import { KUSTOMIZE_GROUP } from "./field-manager.ts";
import { staleObjects } from "./inventory.ts";
import type { Kustomization } from "./kustomization.ts";
import type { KustomizeContext } from "./kustomize-context.ts";

/**
 * What happens to the applied objects when their Kustomization is deleted, by `deletionPolicy`; then the finalizer
 * goes. Throws, and so keeps the object, while a remote cluster it must delete on cannot be reached.
 */
export async function finalize(
  context: KustomizeContext,
  kustomization: Kustomization,
  status: StatusWriter,
): Promise<void> {
  const { object, name, namespace } = kustomization;
  if (deletesInventory(kustomization)) {
    try {
      await deleteInventory(context, kustomization, status);
    } catch (error) {
      await settleStatus(kustomization, status);
      throw error;
    }
  }
  const finalizers = (object.metadata.finalizers ?? []).filter((each) => each !== FLUX_FINALIZER);
  await context.client.patch(fluxKinds.kustomization, name, namespace, { metadata: { finalizers } });
}

/** What every reconcile ends with: the request is handled, the generation observed once Ready. */
export async function settleStatus(kustomization: Kustomization, status: StatusWriter): Promise<void> {
  const { generation, annotations } = kustomization.object.metadata;
  const requested = annotations?.["reconcile.fluxcd.io/requestedAt"];
  if (requested !== undefined) status.set({ lastHandledReconcileAt: requested });
  const ready = status.get("Ready");
  const reconciling = status.get("Reconciling");
  if (ready?.status === "True") {
    status.without("Reconciling").set({ observedGeneration: generation });
  } else if (ready?.status === "False" && reconciling !== undefined) {
    status.condition("Reconciling", "True", "ProgressingWithRetry", reconciling.message);
  }
  if (status.get("Stalled")?.status === "True") status.set({ observedGeneration: generation });
  await status.write();
}

function deletesInventory({ spec, status }: Kustomization): boolean {
  if (spec.suspend || (status.inventory?.entries.length ?? 0) === 0) return false;
  if (spec.deletionPolicy === "Orphan") return false;
  return spec.deletionPolicy === "MirrorPrune" ? spec.prune : true;
}

async function deleteInventory(
  context: KustomizeContext,
  kustomization: Kustomization,
  status: StatusWriter,
): Promise<void> {
  const access = await context.accesses.of(kustomization);
  const objects = staleObjects(kustomization.status.inventory?.entries ?? [], []);
  const changes = await deleteObjects(access, objects, kustomization);
  const revision = kustomization.status.lastAppliedRevision;
  const note = (type: "Normal" | "Warning", message: string): void => {
    const reason = status.get("Ready")?.reason ?? "Progressing";
    const annotations = revision === undefined ? undefined : { [`${KUSTOMIZE_GROUP}/revision`]: revision };
    context.events.record(kustomization.object, { type, reason, message, annotations });
  };
  if (changes.length > 0) note("Normal", changeSetText(changes));
  if (kustomization.spec.deletionPolicy !== "WaitForTermination") return;
  const gone = await waitForTermination(access, changes, kustomization.timeoutMs, context.signal);
  if (!gone) note("Warning", "failed to wait for resources termination");
}
