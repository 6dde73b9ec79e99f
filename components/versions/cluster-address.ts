import { clusterListSearch } from "@/lib/client/cluster-list-params";

/** Address of the list of clusters with this version, in one environment or in all. */
export const clusterAddress = (version: string, environment?: string): string =>
  `/clusters${clusterListSearch({
    text: "",
    filters: { version: [version], ...(environment !== undefined && { environment: [environment] }) },
    sort: "state",
    descending: false,
    page: 1,
    pageSize: 100,
  })}`;
