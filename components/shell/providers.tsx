"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { useSearchParams } from "next/navigation";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { useState } from "react";
import type { ReactNode } from "react";
import { ClockProvider } from "@/components/ui/clock";
import { Toasts } from "@/components/ui/toasts";
import { createQueryClient } from "@/lib/client/query-client";

interface Props {
  nonce: string | undefined;
  now: string;
  children: ReactNode;
}

/** What every page needs around it. `?theme=dark|light` wins over the person's choice, for screenshots. */
export function Providers({ nonce, now, children }: Props) {
  const [client] = useState(createQueryClient);
  const wanted = useSearchParams().get("theme");
  const forced = wanted === "dark" || wanted === "light" ? wanted : undefined;
  return (
    <ThemeProvider
      attribute="data-theme"
      enableColorScheme={false}
      disableTransitionOnChange
      forcedTheme={forced}
      nonce={nonce}
    >
      <CSPProvider nonce={nonce}>
        <QueryClientProvider client={client}>
          <NuqsAdapter>
            <ClockProvider now={now}>
              {children}
              <Toasts />
            </ClockProvider>
          </NuqsAdapter>
        </QueryClientProvider>
      </CSPProvider>
    </ThemeProvider>
  );
}
