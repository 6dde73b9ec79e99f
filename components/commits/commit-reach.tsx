"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { queries } from "@/lib/client/queries";
import { reachWords } from "./reach-words";

/** "reached 7 of 9", live, leading to which; the sha alone until it is read or where it is not to be seen. */
export function CommitReach({ sha }: { sha: string }) {
  const { data } = useQuery({ ...queries.commit(sha), retry: false });
  if (!data) return <code className="mono">{sha.slice(0, 7)}</code>;
  return (
    <Link href={`/commits/${sha}`} prefetch={false} className="text-link">
      <code className="mono">{sha.slice(0, 7)}</code> {reachWords(data.reach)}
    </Link>
  );
}
