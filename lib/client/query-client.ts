import { QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api-error.ts";

/**
 * Views stay as they are until an event says otherwise (lib/client/live), and are read again when the window
 * gets the focus back while they are marked old. A session that ended leads to the sign-in page.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiError && error.status === 401) toSignIn();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        retry: (count, error) =>
          count < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
      },
    },
  });
}

function toSignIn(): void {
  const back = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?callbackUrl=${encodeURIComponent(back)}`);
}
