"use client";

import { setNonce } from "get-nonce";
import { ThemeProvider } from "next-themes";
import { type ReactNode, useState } from "react";

/**
 * The theme, and the nonce for the styles that it and popups write into the document. A refresh of the page's data comes
 * with the nonce of another answer; the document keeps to the policy that it came with, so the first one counts.
 */
export function ThemeWithNonce({ nonce, children }: { nonce: string; children: ReactNode }) {
  const [first] = useState(() => {
    if (typeof window !== "undefined") setNonce(nonce);
    return nonce;
  });
  return (
    <ThemeProvider nonce={first} attribute="data-theme" defaultTheme="system" enableSystem disableTransitionOnChange>
      {children}
    </ThemeProvider>
  );
}
