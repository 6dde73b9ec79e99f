import { HydrationBoundary, QueryClient, dehydrate } from "@tanstack/react-query";
import type { QueryKey } from "@tanstack/react-query";
import type { ReactNode } from "react";

interface Props {
  queryKey: QueryKey;
  data: unknown;
  children: ReactNode;
}

/** Hands a view read on the server to the browser's query cache, where it is newer than what is there. */
export function Prefetched({ queryKey, data, children }: Props) {
  const client = new QueryClient();
  client.setQueryData(queryKey, data);
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
