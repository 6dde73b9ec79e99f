import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "@/components/shell/providers";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Fleetwright", template: "%s · Fleetwright" },
  description: "Fleets of Kubernetes clusters, changed by pull request.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f9fafc" },
    { media: "(prefers-color-scheme: dark)", color: "#0d0f13" },
  ],
};

/** Theme, fonts and providers; everything below may be read by signed-out people. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html lang="en" suppressHydrationWarning>
      <body>
        <Providers nonce={nonce} now={new Date().toISOString()}>
          {children}
        </Providers>
      </body>
    </html>
  );
}
