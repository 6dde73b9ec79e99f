import type { ClusterFacet } from "@/lib/queries/views";

/** Headings of the filters, in their order. */
export const facetWords: Record<ClusterFacet, string> = {
  state: "State",
  environment: "Environment",
  region: "Region",
  version: "Kubernetes",
  team: "Team",
  template: "Template",
  provider: "Provider",
};
