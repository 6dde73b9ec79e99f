import type { Kind } from "../runtime/kind.ts";
import { kinds } from "../runtime/kind.ts";
import type { KubeClient } from "../runtime/kube-client.ts";

/** Registers kinds with a schema that preserves everything, for tests of controllers alone. */
export async function installKinds(client: KubeClient, all: readonly Kind[]): Promise<void> {
  for (const kind of all) {
    await client.apply(kinds.crd, {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: `${kind.plural}.${kind.group}` },
      spec: {
        group: kind.group,
        scope: "Namespaced",
        names: { kind: kind.kind, listKind: `${kind.kind}List`, plural: kind.plural, singular: kind.kind.toLowerCase() },
        versions: [
          {
            name: kind.version,
            served: true,
            storage: true,
            subresources: { status: {} },
            schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
          },
        ],
      },
    });
  }
}
