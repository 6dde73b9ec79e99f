import type { ShellView } from "@/lib/queries/views";
import type { NavIconName } from "./nav-icon";

interface Page {
  href: string;
  label: string;
  icon: NavIconName;
  count?: keyof ShellView["counts"];
  /** Second key after `g`. */
  key: string;
  /** At the foot of the sidebar. */
  foot?: boolean;
}

/** Pages of the navigation and the palette: only what works. */
export const pages: Page[] = [
  { href: "/", label: "Fleet", icon: "fleet", key: "f" },
  { href: "/clusters", label: "Clusters", icon: "clusters", count: "clusters", key: "c" },
  { href: "/reconciliation", label: "Reconciliation", icon: "reconciliation", key: "r" },
  { href: "/changes", label: "Changes", icon: "changes", count: "openChanges", key: "p" },
  { href: "/commits", label: "Commits", icon: "commits", key: "m" },
  { href: "/timeline", label: "Timeline", icon: "timeline", key: "t" },
  { href: "/versions", label: "Versions", icon: "versions", key: "v" },
  { href: "/settings", label: "Settings", icon: "settings", key: "s", foot: true },
];
