import Link from "next/link";
import type { ReactNode } from "react";
import type { Mark } from "@/lib/domain/cluster/mark";
import { StatusMark } from "@/components/status/status-mark";
import { RelativeTime } from "@/components/ui/relative-time";

interface Props {
  mark: Mark;
  title: string;
  href: string;
  since: string;
  children: ReactNode;
}

/** One line of trouble or of work: mark, what, how long, and below it what it means. The whole row opens it. */
export function CauseRow({ mark, title, href, since, children }: Props) {
  return (
    <li className="row-hover relative grid grid-cols-[14px_1fr_auto] gap-x-2.5 gap-y-0.5 border-t px-3.5 py-[9px]">
      <StatusMark mark={mark} className="mt-[2px]" />
      <Link href={href} data-row className="font-[560] after:absolute after:inset-0">
        {title}
      </Link>
      <RelativeTime at={since} className="text-sm text-text-3" />
      <p className="col-start-2 col-end-4 text-[12.5px] text-text-2 [&_a]:relative [&_a]:z-10">{children}</p>
    </li>
  );
}
