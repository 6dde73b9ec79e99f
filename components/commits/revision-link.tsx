import Link from "next/link";
import { cx } from "@/components/ui/cx";

/** A commit of the fleet repository, short, that leads to how far it has come. */
export function RevisionLink({ sha, className }: { sha: string; className?: string }) {
  return (
    <Link
      href={`/commits/${sha}`}
      prefetch={false}
      title={`How far ${sha} has come`}
      className={cx("mono relative z-10 hover:underline", className)}
    >
      {sha.slice(0, 7)}
    </Link>
  );
}
