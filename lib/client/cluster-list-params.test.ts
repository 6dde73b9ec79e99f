import { describe, expect, it } from "vitest";
import { clusterListSearch, loadClusterListParams } from "./cluster-list-params.ts";

describe("the cluster list's address", () => {
  it("says the same after a round trip, hostile text included", () => {
    const params = loadClusterListParams(
      new URLSearchParams({
        text: `a&b="<x>`,
        state: "Failed,Behind",
        sort: "name",
        desc: "true",
        page: "3",
      }),
    );
    expect(params.filters).toEqual({ state: ["Failed", "Behind"] });
    expect(loadClusterListParams(new URLSearchParams(clusterListSearch(params)))).toEqual(params);
  });

  it("brings what is out of range into range and falls back for what is not known", () => {
    const params = loadClusterListParams(
      new URLSearchParams({ page: "-4", size: "100000", sort: "password", desc: "maybe" }),
    );
    expect(params).toEqual({
      text: "",
      filters: {},
      sort: "state",
      descending: false,
      page: 1,
      pageSize: 200,
    });
  });

  it("is empty where all is default", () => {
    expect(clusterListSearch(loadClusterListParams(new URLSearchParams()))).toBe("");
  });
});
