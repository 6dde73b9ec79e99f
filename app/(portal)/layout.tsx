import type { ReactNode } from "react";
import { Prefetched } from "@/components/shell/prefetched";
import { Shell } from "@/components/shell/shell";
import { queryKeys } from "@/lib/client/query-keys";
import { getShell } from "@/lib/queries/shell";
import { readContext } from "@/lib/server/session";

/** The frame of every page for a signed-in person. */
export default async function PortalLayout({ children }: { children: ReactNode }) {
  const ctx = await readContext();
  return (
    <Prefetched queryKey={queryKeys.shell()} data={await getShell(ctx)}>
      <Shell>{children}</Shell>
    </Prefetched>
  );
}
