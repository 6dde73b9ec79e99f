"use client";

import { useQueryStates } from "nuqs";
import { clusterListParsers, toParams } from "@/lib/client/cluster-list-params";
import { clusterFacets } from "@/lib/queries/views";
import type { ClusterFacet, ClusterListParams, ClusterSort } from "@/lib/queries/views";

export interface ClusterAddress {
  params: ClusterListParams;
  setText: (text: string) => void;
  toggle: (facet: ClusterFacet, value: string) => void;
  sortBy: (sort: ClusterSort) => void;
  setPage: (page: number) => void;
  clear: () => void;
  /** Columns the address asks for; null: as the person last chose. */
  columns: string[] | null;
  setColumns: (columns: string[]) => void;
  groupBy: (group: ClusterFacet | null) => void;
}

/** The list's state as the address holds it, and the ways to change it; each change but the page goes to page 1. */
export function useClusterAddress(): ClusterAddress {
  const [address, setAddress] = useQueryStates(clusterListParsers);
  return {
    params: toParams(address),
    setText: (text) => void setAddress({ text, page: 1 }, { history: "replace" }),
    toggle: (facet, value) => {
      const chosen = address[facet];
      const next = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
      void setAddress({ [facet]: next, page: 1 }, { history: "push" });
    },
    sortBy: (sort) => {
      const desc = address.sort === sort ? !address.desc : false;
      void setAddress({ sort, desc, page: 1 }, { history: "push" });
    },
    setPage: (page) => void setAddress({ page }, { history: "push", scroll: true }),
    columns: address.cols,
    setColumns: (cols) => void setAddress({ cols }, { history: "replace" }),
    groupBy: (group) => void setAddress({ group, page: 1 }, { history: "push" }),
    clear: () => {
      const none = Object.fromEntries(clusterFacets.map((facet) => [facet, null]));
      void setAddress({ ...none, text: null, cause: null, page: 1 }, { history: "push" });
    },
  };
}
