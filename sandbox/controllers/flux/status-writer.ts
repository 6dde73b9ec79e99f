import { isDeepStrictEqual } from "node:util";
import type { Condition } from "../runtime/conditions.ts";
import type { Kind } from "../runtime/kind.ts";
import type { KubeClient } from "../runtime/kube-client.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { setFluxCondition } from "./flux-conditions.ts";

type Status = Record<string, unknown>;

/**
 * Keeps the status of one Flux object during a reconcile and writes it as Flux's serial patcher does: first the
 * conditions, then, in a write of its own, everything else; what did not change is not written.
 */
export class StatusWriter {
  readonly #client: KubeClient;
  readonly #kind: Kind;
  readonly #object: Unstructured;
  #conditions: Condition[];
  #written: Condition[];
  #fields: Status;
  #writtenFields: Status;

  constructor(client: KubeClient, kind: Kind, object: Unstructured) {
    this.#client = client;
    this.#kind = kind;
    this.#object = object;
    const { conditions, ...fields } = (object.status ?? {}) as Status & { conditions?: Condition[] };
    this.#conditions = conditions ?? [];
    this.#written = this.#conditions;
    this.#fields = fields;
    this.#writtenFields = fields;
  }

  /** Sets a condition for the object's generation. */
  condition(type: string, status: Condition["status"], reason: string, message: string): this {
    const observedGeneration = this.#object.metadata.generation;
    const next = { type, status, reason, message, observedGeneration };
    this.#conditions = setFluxCondition(this.#conditions, next);
    return this;
  }

  /** Takes conditions away. */
  without(...types: string[]): this {
    this.#conditions = this.#conditions.filter((each) => !types.includes(each.type));
    return this;
  }

  /** The condition as it stands now. */
  get(type: string): Condition | undefined {
    return this.#conditions.find((each) => each.type === type);
  }

  /** Sets other fields of the status; undefined removes one. */
  set(fields: Status): this {
    this.#fields = { ...this.#fields, ...fields };
    return this;
  }

  /** A field as it stands now. */
  field(name: string): unknown {
    return this.#fields[name];
  }

  /** Writes what changed since the last write. */
  async write(): Promise<void> {
    const { name, namespace } = this.#object.metadata;
    if (!isDeepStrictEqual(this.#conditions, this.#written)) {
      const status = { conditions: this.#conditions };
      await this.#client.patchStatus(this.#kind, name, namespace, { status });
      this.#written = this.#conditions;
    }
    const changed = changedFields(this.#writtenFields, this.#fields);
    if (Object.keys(changed).length === 0) return;
    await this.#client.patchStatus(this.#kind, name, namespace, { status: changed });
    this.#writtenFields = this.#fields;
  }
}

function changedFields(before: Status, after: Status): Status {
  const changed: Status = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (!isDeepStrictEqual(before[key], after[key])) changed[key] = mergePatch(before[key], after[key]);
  }
  return changed;
}

/** A JSON merge patch must name what goes away inside of objects. */
function mergePatch(before: unknown, after: unknown): unknown {
  if (after === undefined) return null;
  if (!isRecord(before) || !isRecord(after)) return after;
  const gone = Object.keys(before).filter((key) => after[key] === undefined);
  return { ...after, ...Object.fromEntries(gone.map((key) => [key, null])) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
