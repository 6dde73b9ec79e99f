"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { pages } from "./pages";
import { useShell } from "./shell-context";

/** Keys that work on every page; lists take part by `data-row` on each row's link, filters by `data-filter`. */
export function Hotkeys() {
  const router = useRouter();
  const { show } = useShell();
  const pending = useRef(0);
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        show("palette");
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target) || overlaid()) return;
      const afterG = event.timeStamp - pending.current < 1_000;
      pending.current = event.key === "g" ? event.timeStamp : 0;
      const page = afterG ? pages.find(({ key }) => key === event.key) : undefined;
      if (page) router.push(page.href);
      else if (event.key === "?") show("help");
      else if (event.key === "/" && focusFilter()) event.preventDefault();
      else if (event.key === "j") moveRow(1);
      else if (event.key === "k") moveRow(-1);
    }
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("keydown", onKey);
    };
  }, [router, show]);
  return null;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

const overlaid = (): boolean =>
  document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]') !== null;

function focusFilter(): boolean {
  const filter = document.querySelector<HTMLElement>("[data-filter]");
  filter?.focus();
  return filter !== null;
}

function moveRow(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")].filter(
    (row) => row.offsetParent !== null,
  );
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = at === -1 ? (by === 1 ? rows[0] : rows.at(-1)) : rows[at + by];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
