import type { Durations, Running } from "../../contracts.ts";
import { mergePatch } from "../capi/merge-patch.ts";
import { numberAt, recordAt } from "../capi/read.ts";
import { Stopwatch } from "../capi/stopwatch.ts";
import { NEVER_AVAILABLE_ANNOTATION } from "../faults.ts";
import { startController } from "../runtime/controller.ts";
import { kindOf, kinds } from "../runtime/kind.ts";
import type { Kind } from "../runtime/kind.ts";
import type { KubeClient } from "../runtime/kube-client.ts";
import { keyOf, parseKey } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { daemonSetStep, deploymentStep, isRolledOut, statefulSetStep } from "./deployment-status.ts";
import type { WorkloadFacts, WorkloadStep } from "./deployment-status.ts";
import { nodeObject, nodeStatus } from "./node-object.ts";
import type { WantedNode } from "./wanted-nodes.ts";

const workloadKinds: readonly { kind: Kind; step: (facts: WorkloadFacts) => WorkloadStep }[] = [
  { kind: kinds.deployment, step: deploymentStep },
  { kind: kindOf("apps/v1", "StatefulSet", "statefulsets"), step: statefulSetStep },
  { kind: kindOf("apps/v1", "DaemonSet", "daemonsets"), step: daemonSetStep },
];

/** What a site asks of its surroundings. */
export interface SiteOptions {
  client: KubeClient;
  durations: () => Durations;
  /** Whether a fault on the Cluster keeps this workload down. */
  isFaulted: (namespace: string, name: string) => boolean;
}

/** One workload cluster: its nodes, and controllers that let workloads become available. */
export class Site implements Running {
  readonly #options: SiteOptions;
  readonly #stopwatch = new Stopwatch();
  readonly #controllers: ReturnType<typeof startController>[];
  #nodes: Map<string, string> | undefined;

  constructor(options: SiteOptions) {
    this.#options = options;
    this.#controllers = workloadKinds.map(({ kind, step }) =>
      startController({
        client: options.client,
        name: `workloads/${kind.kind}`,
        watches: [{ kind, map: (object) => [keyOf(object)] }],
        reconcile: (key): Promise<{ requeueAfterMs?: number } | undefined> =>
          this.#reconcile(kind, step, key),
      }),
    );
  }

  /** Looks at every workload again, after a fault was set or taken away. */
  refresh(): void {
    for (const [index, { kind }] of workloadKinds.entries()) {
      const controller = this.#controllers[index];
      for (const object of controller?.informer(kind).list() ?? []) controller?.enqueue(keyOf(object));
    }
  }

  /** Registers, updates and removes nodes; throws when the API server cannot be reached. */
  async syncNodes(wanted: readonly WantedNode[]): Promise<void> {
    const { client } = this.#options;
    try {
      this.#nodes ??= new Map((await client.list(kinds.node)).items.map((node) => [node.metadata.name, ""]));
      const gone = new Set(this.#nodes.keys());
      for (const node of wanted) {
        gone.delete(node.name);
        await this.#putNode(this.#nodes, node);
      }
      for (const name of gone) {
        await client.delete(kinds.node, name);
        this.#nodes.delete(name);
      }
    } catch (error) {
      this.#nodes = undefined;
      throw error;
    }
  }

  /** Ends the watches; the client stays its maker's. */
  async close(): Promise<void> {
    await Promise.all(this.#controllers.map((each) => each.close()));
  }

  async #putNode(nodes: Map<string, string>, node: WantedNode): Promise<void> {
    const signature = JSON.stringify(node);
    if (nodes.get(node.name) === signature) return;
    const { client } = this.#options;
    if (!nodes.has(node.name)) await client.create(kinds.node, nodeObject(node));
    await client.patchStatus(kinds.node, node.name, undefined, { status: nodeStatus(node, new Date()) });
    const before = nodes.size;
    nodes.set(node.name, signature);
    if (nodes.size !== before) this.refresh();
  }

  async #reconcile(
    kind: Kind,
    step: (facts: WorkloadFacts) => WorkloadStep,
    key: string,
  ): Promise<{ requeueAfterMs?: number } | undefined> {
    const { namespace = "", name } = parseKey(key);
    const object = this.#controllers
      .map((controller) => controller.informer(kind))
      .map((informer) => informer.get(name, namespace))
      .find((found) => found !== undefined);
    const watch = `${kind.kind}/${key}`;
    if (object === undefined || object.metadata.deletionTimestamp !== undefined) {
      this.#stopwatch.clear(watch);
      return undefined;
    }
    const generation = `generation ${String(object.metadata.generation ?? 0)}`;
    const elapsed = this.#stopwatch.elapsed(watch, generation);
    const { status, requeueAfterMs } = step({
      object,
      elapsedMs: isRolledOut(object) ? Number.POSITIVE_INFINITY : elapsed,
      durationMs: this.#options.durations().deploymentMs,
      never: this.#isNever(object, namespace, name),
      nodes: this.#nodes?.size ?? numberAt(object, "status", "desiredNumberScheduled") ?? 0,
      now: new Date(),
    });
    const patch = mergePatch(recordAt(object, "status"), status);
    if (patch !== undefined) await this.#options.client.patchStatus(kind, name, namespace, { status: patch });
    return requeueAfterMs === undefined ? undefined : { requeueAfterMs };
  }

  #isNever(object: Unstructured, namespace: string, name: string): boolean {
    const marked = object.metadata.annotations?.[NEVER_AVAILABLE_ANNOTATION] === "true";
    return marked || this.#options.isFaulted(namespace, name);
  }
}
