"use client";

import { useQueryStates } from "nuqs";
import { fluxListParsers, toFluxParams } from "@/lib/client/flux-list-params";
import { fluxFacets } from "@/lib/queries/flux-views";
import type { FluxFacet, FluxSort } from "@/lib/queries/flux-views";

/** The states that want somebody's attention: what "Failing only" filters for. */
const bad = ["Failed", "Stuck", "Failing", "Unhealthy", "Blocked", "Late"];

/** The explorer's state as the address holds it, and the ways to change it; each change but the page goes to page 1. */
export function useFluxAddress() {
  const [address, setAddress] = useQueryStates(fluxListParsers);
  const failing = bad.every((state) => address.state.includes(state)) && address.state.length === bad.length;
  return {
    params: toFluxParams(address),
    failing,
    setText: (text: string) => void setAddress({ text, page: 1 }, { history: "replace" }),
    setCluster: (cluster: string) => void setAddress({ cluster, page: 1 }, { history: "push" }),
    setFailing: (on: boolean) => void setAddress({ state: on ? bad : null, page: 1 }, { history: "push" }),
    toggle: (facet: FluxFacet, value: string) => {
      const chosen = address[facet];
      const next = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
      void setAddress({ [facet]: next, page: 1 }, { history: "push" });
    },
    sortBy: (sort: FluxSort) => {
      const desc = address.sort === sort ? !address.desc : false;
      void setAddress({ sort, desc, page: 1 }, { history: "push" });
    },
    setPage: (page: number) => void setAddress({ page }, { history: "push", scroll: true }),
    clear: () => {
      const none = Object.fromEntries(fluxFacets.map((facet) => [facet, null]));
      void setAddress({ ...none, text: null, cluster: null, page: 1 }, { history: "push" });
    },
  };
}
