import { formatGoDuration } from "../flux/go-duration.ts";
import type { StatusWriter } from "../flux/status-writer.ts";
import type { Artifact } from "../flux-source/git-repository.ts";
import type { EventNote } from "../runtime/event-recorder.ts";
import { KUSTOMIZE_GROUP } from "./field-manager.ts";
import { withReconciled } from "./history.ts";
import type { Kustomization } from "./kustomization.ts";
import type { KustomizeContext } from "./kustomize-context.ts";

/** One reconcile of one Kustomization: what its stages share. */
export class ReconcileRun {
  readonly context: KustomizeContext;
  readonly kustomization: Kustomization;
  readonly artifact: Artifact;
  readonly status: StatusWriter;
  readonly startedMs = performance.now();

  constructor(
    context: KustomizeContext,
    kustomization: Kustomization,
    artifact: Artifact,
    status: StatusWriter,
  ) {
    this.context = context;
    this.kustomization = kustomization;
    this.artifact = artifact;
    this.status = status;
  }

  /** The text of a stage: `<what> for revision … with a timeout of …`. */
  stageText(what: string): string {
    const timeout = formatGoDuration(this.kustomization.timeoutMs);
    return `${what} for revision ${this.artifact.revision} with a timeout of ${timeout}`;
  }

  /** Says in the status which stage begins. */
  async stage(what: string): Promise<void> {
    this.status.without("Stalled").condition("Reconciling", "True", "Progressing", this.stageText(what));
    await this.status.write();
  }

  /** Enters the outcome into the history; written with the next write. */
  remember(digest: string, status: string): void {
    const { revision } = this.artifact;
    const durationMs = performance.now() - this.startedMs;
    const history = withReconciled(this.kustomization.status.history ?? [], {
      digest,
      status,
      revision,
      durationMs,
    });
    this.status.set({ history });
  }

  /** Records an event under the reason that Ready has now, as Flux does. */
  event(type: EventNote["type"], message: string, annotations: Record<string, string> = {}): void {
    const reason = this.status.get("Ready")?.reason ?? "Progressing";
    const revision = { [`${KUSTOMIZE_GROUP}/revision`]: this.artifact.revision };
    this.context.events.record(this.kustomization.object, {
      type,
      reason,
      message,
      annotations: { ...annotations, ...revision },
    });
  }
}
