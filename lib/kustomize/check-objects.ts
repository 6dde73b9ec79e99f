import { z } from "zod";
import { idOf, type BuiltObject } from "./built-object.ts";

const identity = z.looseObject({
  apiVersion: z.string().regex(/^([a-z0-9.-]+\/)?v\d\w*$/),
  kind: z.string().min(1),
  metadata: z.looseObject({ name: z.string().min(1), namespace: z.string().optional() }),
});

const duration = z.string().regex(/^(\d+(\.\d+)?(ms|s|m|h))+$/, "expected a duration like 10m");
const ref = z.looseObject({ kind: z.string(), name: z.string().min(1) });
const count = z.int().nonnegative();

/** What the API servers would refuse anyway, of the kinds we live by; fields we do not name are let through. */
const specs: Record<string, z.ZodType> = {
  "kustomize.toolkit.fluxcd.io/Kustomization": z.looseObject({
    interval: duration,
    retryInterval: duration.optional(),
    timeout: duration.optional(),
    path: z.string().optional(),
    prune: z.boolean(),
    wait: z.boolean().optional(),
    suspend: z.boolean().optional(),
    sourceRef: ref,
    dependsOn: z.array(z.looseObject({ name: z.string() })).optional(),
  }),
  "source.toolkit.fluxcd.io/GitRepository": z.looseObject({
    interval: duration,
    url: z.string().regex(/^(https?|ssh):\/\//, "expected an https:// or ssh:// address"),
    suspend: z.boolean().optional(),
    ignore: z.string().optional(),
  }),
  "helm.toolkit.fluxcd.io/HelmRelease": z.looseObject({ interval: duration }),
  "cluster.x-k8s.io/Cluster": z.looseObject({
    paused: z.boolean().optional(),
    infrastructureRef: ref.optional(),
    controlPlaneRef: ref.optional(),
    topology: z.looseObject({ version: z.string() }).optional(),
  }),
  "cluster.x-k8s.io/MachinePool": z.looseObject({
    clusterName: z.string().min(1),
    replicas: count.optional(),
    template: z.looseObject({
      spec: z.looseObject({ clusterName: z.string(), bootstrap: z.looseObject({}), infrastructureRef: ref }),
    }),
  }),
  "cluster.x-k8s.io/MachineDeployment": z.looseObject({
    clusterName: z.string().min(1),
    replicas: count.optional(),
    template: z.looseObject({ spec: z.looseObject({ clusterName: z.string(), infrastructureRef: ref }) }),
  }),
};

/**
 * Checks that every document is an object with a name, that no object comes twice, and the loose schemas of Flux and
 * Cluster API kinds.
 *
 * @returns the objects, or the first thing that is wrong.
 */
export function checkObjects(
  documents: readonly unknown[],
): { ok: true; objects: BuiltObject[] } | { ok: false; error: string } {
  const objects: BuiltObject[] = [];
  const seen = new Set<string>();
  for (const document of documents) {
    const parsed = identity.safeParse(document);
    if (!parsed.success)
      return { ok: false, error: `an object lacks ${missing(parsed.error)}: ${excerpt(document)}` };
    const object = document as BuiltObject;
    const id = `${object.apiVersion} ${idOf(object)}`;
    if (seen.has(id)) return { ok: false, error: `${idOf(object)} is there twice` };
    seen.add(id);
    const wrong = specProblem(object);
    if (wrong !== null) return { ok: false, error: `${idOf(object)}: ${wrong}` };
    objects.push(object);
  }
  return { ok: true, objects };
}

const missing = (error: z.ZodError): string => error.issues[0]?.path.map(String).join(".") ?? "a name";

const excerpt = (document: unknown): string => JSON.stringify(document).slice(0, 120);

function specProblem(object: BuiltObject): string | null {
  const schema = specs[`${object.apiVersion.split("/")[0] ?? ""}/${object.kind}`];
  const issue = schema?.safeParse(object["spec"] ?? {}).error?.issues[0];
  return issue === undefined ? null : `spec.${issue.path.map(String).join(".")}: ${issue.message}`;
}
