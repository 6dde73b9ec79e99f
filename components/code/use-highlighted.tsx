"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

/** Lines of a file, highlighted once the highlighter (loaded on first use) is there. */
export function useHighlighted(path: string, content: string): ReactNode[] {
  const yaml = /\.ya?ml$/.test(path);
  const { data: highlight } = useQuery({
    queryKey: ["highlighter"],
    queryFn: async () => (await import("./highlighter")).loadHighlighter(),
    enabled: yaml,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  if (!yaml || !highlight) return content.replace(/\n$/, "").split("\n");
  return highlight(content.replace(/\n$/, "")).map((tokens) =>
    tokens.map((token, index) => (
      <span key={index} style={token.color === undefined ? undefined : { color: token.color }}>
        {token.content}
      </span>
    )),
  );
}
