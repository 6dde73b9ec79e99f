"use client";

import { useMounted } from "@/components/ui/clock";

/** What the key beside K is called here: "⌘" on a Mac (and until one knows), "Ctrl " elsewhere. */
export function useCommandKey(): string {
  const mounted = useMounted();
  return !mounted || /mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘" : "Ctrl ";
}
