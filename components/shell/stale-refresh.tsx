"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { queries } from "@/lib/client/queries";
import { useNow } from "@/components/ui/clock";

/** The age at which the server calls what it knows of clusters old (lib/queries/cluster-mark). */
const oldAfterMs = 120_000;
const views = ["fleet", "clusters", "cluster"] as const;

/**
 * Reads the views of clusters again while the management cluster is silent, and once when it is back: silence is
 * no event, so an open page would go on to show the last states as the present ones.
 */
export function StaleRefresh() {
  const client = useQueryClient();
  const { data: shell, dataUpdatedAt } = useQuery(queries.shell());
  const last = shell?.management.lastContactAt ?? null;
  const at = last === null ? 0 : Date.parse(last);
  const old = useNow(at) - at > oldAfterMs && last !== null;
  const wasOld = useRef(false);
  useEffect(() => {
    if (!old && !wasOld.current) return;
    wasOld.current = old;
    for (const view of views) void client.invalidateQueries({ queryKey: [view] });
  }, [client, old, dataUpdatedAt]);
  return null;
}
