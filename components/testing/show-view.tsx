import { QueryClientProvider } from "@tanstack/react-query";
import type { QueryKey } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import type { ReactNode } from "react";
import { vi } from "vitest";
import { ClockProvider } from "@/components/ui/clock";
import { createQueryClient } from "@/lib/client/query-client";

export type Answers = Record<string, { status: number; body: unknown }>;

/** What the API answers for what is not there, or not this person's. */
export const notFound = { status: 404, body: { code: "not-found", message: "There is nothing here." } };

/**
 * Shows a page as the browser has it: what the server put into the cache, and an API that answers from `answers`
 * (404 for all else), which a test may change; `refresh` is what a live event does.
 */
export function showView(view: ReactNode, answers: Answers, cached: [QueryKey, unknown][] = []) {
  vi.stubGlobal("fetch", (path: string) => {
    const { status, body } = answers[path] ?? notFound;
    return Promise.resolve(Response.json(body, { status }));
  });
  const client = createQueryClient();
  for (const [key, data] of cached) client.setQueryData(key, data);
  render(
    <NuqsTestingAdapter>
      <QueryClientProvider client={client}>
        <ClockProvider now="2026-11-24T12:00:00Z">{view}</ClockProvider>
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
  return { refresh: (key: QueryKey) => client.invalidateQueries({ queryKey: key }) };
}
