"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useState } from "react";
import type { RefObject } from "react";

const rowPx = 30;
const phoneRowPx = 54;
const phoneBelowPx = 768;

/** Below this many rows all are in the page: then the browser's own search finds them too. */
const allBelow = 60;

interface Window<Row> {
  shown: Row[];
  /** Height of what is left out above and below, px. */
  before: number;
  after: number;
}

/** The rows in sight of the window, and how much room the others take. */
export function useVirtualRows<Row>(rows: Row[], body: RefObject<HTMLElement | null>): Window<Row> {
  "use no memo"; // The virtualizer changes in place; the compiler would keep its first answer.
  const [layout, setLayout] = useState({ top: 0, height: rowPx });
  useLayoutEffect(() => {
    const measure = () => {
      const top = (body.current?.getBoundingClientRect().top ?? 0) + window.scrollY;
      const height = window.innerWidth < phoneBelowPx ? phoneRowPx : rowPx;
      setLayout((before) => (before.top === top && before.height === height ? before : { top, height }));
    };
    measure();
    window.addEventListener("resize", measure);
    return () => {
      window.removeEventListener("resize", measure);
    };
  }, [body, rows.length]);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => layout.height,
    overscan: 12,
    scrollMargin: layout.top,
    initialRect: { width: 1440, height: 900 },
  });
  if (rows.length <= allBelow) return { shown: rows, before: 0, after: 0 };
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? Math.min(rows.length, allBelow) - 1;
  return {
    shown: rows.slice(first, last + 1),
    before: first * layout.height,
    after: (rows.length - 1 - last) * layout.height,
  };
}
