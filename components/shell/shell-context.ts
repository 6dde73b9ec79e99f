"use client";

import { createContext, use } from "react";

export type Overlay = "palette" | "help" | "nav" | null;

/** What is laid over the page; one at a time. */
export const ShellContext = createContext<{ overlay: Overlay; show: (overlay: Overlay) => void }>({
  overlay: null,
  show: () => undefined,
});

/** Opens and closes the palette, the list of keys and, on a phone, the navigation. */
export const useShell = () => use(ShellContext);
