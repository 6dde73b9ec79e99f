import type { EventRecorder } from "../runtime/event-recorder.ts";
import type { Informer } from "../runtime/informer.ts";
import type { KubeClient } from "../runtime/kube-client.ts";
import type { KustomizeTool } from "./kustomize-build.ts";
import type { RemoteAccesses } from "./remote-access.ts";
import type { SettledRun } from "./settled-run.ts";

/** What reconciling Kustomizations of one API server needs. */
export interface KustomizeContext {
  client: KubeClient;
  events: EventRecorder;
  accesses: RemoteAccesses;
  tool: KustomizeTool;
  kustomizations: Informer;
  sources: Informer;
  /** Last whole success of each Kustomization, by uid. */
  settled: Map<string, SettledRun>;
  requeueDependencyMs: number;
  healthPollMs: number;
  /** End a health check when there is something new to apply (Flux: off by default, feature gate). */
  cancelsHealthChecks: boolean;
  /** `namespace/name` of the controller's own age keys. */
  sopsAgeSecret: string | undefined;
  /** Aborts when the controller closes. */
  signal: AbortSignal;
}
