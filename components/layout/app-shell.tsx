import Link from "next/link";
import type { ReactNode } from "react";
import { RemoveSample } from "@/components/welcome/remove-sample";
import { AccountMenu } from "./account-menu";
import { Brand } from "./brand";
import { MainNav } from "./main-nav";
import { NavMenu } from "./nav-menu";
import { PaletteButton } from "./palette-button";
import { SampleBanner } from "./sample-banner";
import { ThemeSwitch } from "./theme-switch";

/** Navigation at the left (a top bar with a menu on narrow screens) and the page beside it. */
export function AppShell({ children }: { children: ReactNode }) {
  return (
    <div data-print="whole" className="min-h-dvh md:grid md:grid-cols-[212px_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-panel px-3 py-2 font-medium focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <header
        data-print="hide"
        className="sticky top-0 z-30 flex items-center gap-2 border-b bg-canvas px-2 py-1.5 md:hidden"
      >
        <NavMenu />
        <Link prefetch={false} href="/overview" className="py-1">
          <Brand />
        </Link>
      </header>
      <header
        data-print="hide"
        className="sticky top-0 hidden h-dvh flex-col overflow-y-auto border-r px-3 py-4 md:flex"
      >
        <Link prefetch={false} href="/overview" className="mb-3 rounded-md px-2 py-1">
          <Brand />
        </Link>
        <PaletteButton />
        <MainNav />
        <div className="mt-auto grid gap-2 border-t pt-3">
          <AccountMenu />
          <ThemeSwitch />
        </div>
      </header>
      <div className="min-w-0">
        <SampleBanner action={<RemoveSample />} />
        <main id="main" tabIndex={-1} className="max-w-[1360px] px-4 pt-4 pb-16 outline-none md:px-7">
          {children}
        </main>
      </div>
    </div>
  );
}
