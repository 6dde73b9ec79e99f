import type { FluxFacet } from "@/lib/queries/flux-views";

/** Headings of the filters, in their order. */
export const fluxFacetWords: Record<FluxFacet, string> = {
  state: "State",
  kind: "Kind",
  home: "Lives on",
  environment: "Environment",
  team: "Team",
};
