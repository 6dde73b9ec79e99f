import type { Unstructured } from "../runtime/objects.ts";
import { KUSTOMIZE_GROUP } from "./field-manager.ts";
import type { Kustomization } from "./kustomization.ts";

/** What is applied of the built objects: with owner labels and common metadata, `stringData` turned into `data`. */
export function prepareObjects(
  built: readonly Unstructured[],
  { name, namespace, spec }: Kustomization,
): Unstructured[] {
  const owner = { [`${KUSTOMIZE_GROUP}/name`]: name, [`${KUSTOMIZE_GROUP}/namespace`]: namespace };
  return built.map((object) => {
    const annotations = { ...object.metadata.annotations, ...spec.commonMetadata?.annotations };
    const metadata = {
      ...object.metadata,
      labels: { ...object.metadata.labels, ...spec.commonMetadata?.labels, ...owner },
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    };
    return withEncodedData({ ...object, metadata });
  });
}

function withEncodedData(object: Unstructured): Unstructured {
  if (object.kind !== "Secret" || object.stringData === undefined) return object;
  const { stringData, ...rest } = object;
  const encoded = Object.entries(stringData as Record<string, unknown>).map(
    ([key, value]) => [key, Buffer.from(String(value)).toString("base64")] as const,
  );
  return { ...rest, data: { ...(object.data as object | undefined), ...Object.fromEntries(encoded) } };
}
