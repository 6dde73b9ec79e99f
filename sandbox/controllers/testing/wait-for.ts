import { conditionOf } from "../capi/conditions.ts";
import type { Kind } from "../runtime/kind.ts";
import type { KubeClient } from "../runtime/kube-client.ts";
import type { Unstructured } from "../runtime/objects.ts";

/** Polls an object until it is as wanted; fails with what it last was. `undefined` stands for "gone". */
export async function waitFor(
  client: KubeClient,
  [kind, namespace, name]: readonly [Kind, string, string],
  isWanted: (object: Unstructured | undefined) => boolean,
  timeoutMs = 60_000,
): Promise<Unstructured | undefined> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const object = await client.find(kind, name, namespace);
    if (isWanted(object)) return object;
    if (Date.now() > end)
      throw new Error(
        `${kind.kind} ${namespace}/${name} never was as wanted: ${JSON.stringify(object?.status ?? null)}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Whether an object has a condition with this status, and reason when told. */
export function hasCondition(type: string, status: string, reason?: string) {
  return (object: Unstructured | undefined): boolean => {
    const condition = object && conditionOf(object, type);
    return condition?.status === status && (reason === undefined || condition.reason === reason);
  };
}
