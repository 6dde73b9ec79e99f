import type { Artifact } from "../flux-source/git-repository.ts";
import type { Informer } from "../runtime/informer.ts";
import { evaluateReadyExpr } from "./cel-evaluator.ts";
import { parseKustomization } from "./kustomization.ts";
import type { Kustomization } from "./kustomization.ts";
import { ReconcileError, messageOf } from "./reconcile-error.ts";

/**
 * Why the dependencies do not let a Kustomization go on, undefined when they do: each must be Ready at its
 * generation and, when it reads the same source, have applied the source's current revision.
 */
export function unmetDependency(
  kustomization: Kustomization,
  artifact: Artifact,
  all: Informer,
): string | undefined {
  for (const { name, namespace = kustomization.namespace, readyExpr } of kustomization.spec.dependsOn) {
    const key = `${namespace}/${name}`;
    const object = all.get(name, namespace);
    if (object === undefined) {
      return `dependency '${key}' not found: kustomizations.kustomize.toolkit.fluxcd.io "${name}" not found`;
    }
    const dependency = parseKustomization(object);
    const unmet =
      readyExpr === undefined
        ? unreadiness(kustomization, dependency, artifact)
        : unmetExpr(readyExpr, kustomization, dependency);
    if (unmet !== undefined) return `dependency '${key}' ${unmet}`;
  }
  return undefined;
}

function unreadiness(own: Kustomization, dependency: Kustomization, artifact: Artifact): string | undefined {
  const { observedGeneration, conditions, lastAppliedRevision } = dependency.status;
  const ready = conditions.find((each) => each.type === "Ready");
  if (observedGeneration !== dependency.object.metadata.generation || ready?.status !== "True")
    return "is not ready";
  if (sourceKey(own) === sourceKey(dependency) && lastAppliedRevision !== artifact.revision) {
    return "revision is not up to date";
  }
  return undefined;
}

function unmetExpr(expression: string, own: Kustomization, dependency: Kustomization): string | undefined {
  try {
    return evaluateReadyExpr(expression, dependency.object, own.object)
      ? undefined
      : "is not ready according to readyExpr eval";
  } catch (error) {
    const message = `failed to evaluate dependency ${dependency.name}: ${messageOf(error)}`;
    throw new ReconcileError("InvalidCELExpression", message, { isTerminal: true });
  }
}

/** `kind/namespace/name` of a Kustomization's source. */
function sourceKey({ spec, namespace }: Kustomization): string {
  const { kind, name, namespace: elsewhere } = spec.sourceRef;
  return `${kind}/${elsewhere ?? namespace}/${name}`;
}
