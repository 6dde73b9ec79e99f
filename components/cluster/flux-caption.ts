import type { ClusterDetail, FluxRow } from "@/lib/queries/views";

/** "4 Kustomizations on this cluster, 3 on the management cluster". */
export function fluxCaption({ fluxObjects }: Pick<ClusterDetail, "fluxObjects">): string {
  const kustomizations = fluxObjects.filter(({ kind }) => kind === "Kustomization");
  const at = (home: FluxRow["home"]) => kustomizations.filter((object) => object.home === home).length;
  const own = at("workload");
  if (kustomizations.length === 0) return "";
  return `${own} ${own === 1 ? "Kustomization" : "Kustomizations"} on this cluster, ${at("management")} on the management cluster`;
}
