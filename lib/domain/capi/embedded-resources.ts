import { z } from "zod";
import type { KubeObject } from "../kube-object.ts";
import { loose, looseList, looseString } from "../loose.ts";

const schema = loose({
  resources: looseList(
    loose({ kind: looseString, metadata: loose({ name: looseString }), spec: z.unknown().optional() }),
  ),
});

export interface EmbeddedResource {
  kind: string;
  name: string;
  spec: unknown;
}

/** The ASO objects an AzureASOManaged* object asks for (`spec.resources`). */
export function embeddedResources(object: KubeObject): EmbeddedResource[] {
  return schema
    .parse(object.spec)
    .resources.flatMap(({ kind, metadata, spec }) =>
      kind === undefined || metadata.name === undefined ? [] : [{ kind, name: metadata.name, spec }],
    );
}
