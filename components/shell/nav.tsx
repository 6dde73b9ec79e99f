"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ShellView } from "@/lib/queries/views";
import { cx } from "@/components/ui/cx";
import { Logo } from "./logo";
import { ManagementState } from "./management-state";
import { NavIcon } from "./nav-icon";
import { pages } from "./pages";
import { PersonMenu } from "./person-menu";

interface Props {
  shell: ShellView;
  onNavigate?: () => void;
}

/** Where one can go, how many are there, and at the foot what we hear from and who one is. */
export function Nav({ shell, onNavigate }: Props) {
  const path = usePathname();
  return (
    <div className="flex h-full flex-col gap-px px-2.5 py-3">
      <Link
        href="/"
        onClick={onNavigate}
        className="mb-2 flex items-center gap-2 rounded-md px-2 py-0.5 font-[640] tracking-tight"
      >
        <Logo /> Fleetwright
      </Link>
      <nav aria-label="Main" className="flex flex-1 flex-col gap-px">
        {pages.map((page) => {
          const current = page.href === "/" ? path === "/" : path.startsWith(page.href);
          return (
            <Link
              key={page.href}
              href={page.href}
              onClick={onNavigate}
              aria-current={current ? "page" : undefined}
              className={cx(
                page.foot && "mt-auto",
                "flex h-7 items-center gap-[9px] rounded-md px-2 hover:bg-hover",
                current ? "bg-hover font-[560] text-text" : "text-text-2",
              )}
            >
              <NavIcon name={page.icon} />
              {page.label}
              {page.count && (
                <span className="ml-auto text-xs font-medium text-text-3">{shell.counts[page.count]}</span>
              )}
            </Link>
          );
        })}
      </nav>
      <div className="mt-px grid grid-cols-[minmax(0,1fr)] gap-0.5">
        <ManagementState management={shell.management} />
        <PersonMenu person={shell.person} />
      </div>
    </div>
  );
}
