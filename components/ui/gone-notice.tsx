import Link from "next/link";
import type { ReactNode } from "react";
import { StatusMark } from "@/components/status/status-mark";
import { buttonClass } from "./button";

interface Props {
  title: string;
  back: { href: string; label: string };
  children: ReactNode;
}

/** Says, above what was last known, that it is no longer there: no failure, so nothing to try again. */
export function GoneNotice({ title, back, children }: Props) {
  return (
    <div role="status" className="card mb-4 flex items-start gap-2.5 px-3.5 py-3">
      <StatusMark mark={{ tone: "unknown", word: "Gone" }} beside className="mt-0.5" />
      <div className="grid min-w-0 gap-0.5">
        <p className="font-[560] break-words">{title}</p>
        <p className="text-text-2">{children}</p>
        <div className="mt-2">
          <Link href={back.href} className={buttonClass()}>
            {back.label}
          </Link>
        </div>
      </div>
    </div>
  );
}
