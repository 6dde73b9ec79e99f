import type { Applied } from "./applied.ts";

type Named = Pick<Applied, "kind" | "namespace" | "name">;

/** `Kind/namespace/name`, as Flux writes it. */
export const idOf = ({ kind, namespace, name }: Named): string =>
  [kind, ...(namespace === "" ? [] : [namespace]), name].join("/");

/** An object inside a sentence. */
export function quoted({ kind, namespace, name }: Named): string {
  if (kind === "Cluster") return `cluster ${name}`;
  if (kind === "Namespace") return `namespace ${name}`;
  if (kind === "MachinePool" || kind === "MachineDeployment") return `pool ${name}`;
  return `${kind} ${namespace === "" ? name : `${namespace}/${name}`}`;
}

/** The first three by name, the rest by number; each once. */
export function listOf(items: readonly string[]): string {
  const unique = [...new Set(items)];
  const shown = unique.slice(0, 3);
  const more = unique.length - shown.length;
  if (more > 0) return `${shown.join(", ")} and ${String(more)} more`;
  const last = shown.pop() ?? "";
  return shown.length === 0 ? last : `${shown.join(", ")} and ${last}`;
}
