import "./globals.css";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { ThemeWithNonce } from "@/components/layout/theme-with-nonce";
import { QueryProvider } from "@/components/query/query-provider";
import { NONCE_HEADER } from "@/lib/core/content-security-policy";
import { fontVariables } from "./fonts";

export const metadata: Metadata = {
  title: { default: "Fleetgauge", template: "%s · Fleetgauge" },
  description: "What coding agents ship, and how often it has to be taken back.",
  referrer: "strict-origin-when-cross-origin",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f7f7f5" },
    { media: "(prefers-color-scheme: dark)", color: "#141513" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get(NONCE_HEADER) ?? "";
  return (
    // The theme is set before the first paint, so the server's element differs by that attribute.
    <html lang="en" className={fontVariables} suppressHydrationWarning>
      <head>
        {/* Of the layout, not of a page's metadata: between two pages a browser without one asks for /favicon.ico. */}
        <link rel="icon" href="/icon.svg" type="image/svg+xml" sizes="any" />
      </head>
      <body>
        <ThemeWithNonce nonce={nonce}>
          <NuqsAdapter>
            <QueryProvider>{children}</QueryProvider>
          </NuqsAdapter>
        </ThemeWithNonce>
      </body>
    </html>
  );
}
