"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Preview, PreviewAction, Values } from "./contracts";
import { contentOf } from "./use-submission";

const debounceMs = 300;

export interface PreviewState {
  preview: Preview | null;
  /** Why there is no fresh preview. */
  problem: string | null;
  /** True while what is shown is older than what is typed. */
  behind: boolean;
  /** Asks the server again about the same values. */
  refresh: () => void;
}

/** What the server says to the values, a moment after the last keystroke; the last answer stays until the next. */
export function usePreview(template: string, values: Values, action: PreviewAction): PreviewState {
  const now = contentOf(template, values);
  const [settled, setSettled] = useState(now);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(now);
    }, debounceMs);
    return () => {
      clearTimeout(timer);
    };
  }, [now]);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["preview", settled],
    queryFn: async () => {
      const [name, parameters] = JSON.parse(settled) as [string, Values];
      const result = await action({ template: name, parameters });
      if (!result.ok) throw new Error(result.message);
      return result.value;
    },
    placeholderData: keepPreviousData,
    // What was right a minute ago may be taken by now: an old answer is shown, but asked for again.
    staleTime: 0,
    gcTime: 60_000,
    retry: 1,
  });
  return {
    preview: data ?? null,
    problem: error?.message ?? null,
    behind: isFetching || now !== settled,
    refresh: () => void refetch(),
  };
}
