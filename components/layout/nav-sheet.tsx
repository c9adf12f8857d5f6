"use client";

import type { PopupState } from "@/components/popup/use-popup";
import { Sheet, SheetContent, SheetDescription, SheetTitle } from "@/components/ui/sheet";
import { AccountMenu } from "./account-menu";
import { Brand } from "./brand";
import { MainNav } from "./main-nav";
import { ThemeSwitch } from "./theme-switch";

/** Pages and theme, over the page from the left. */
export default function NavSheet({ state: { anchor, open, onOpenChange } }: { state: PopupState }) {
  return (
    <Sheet open={open} onOpenChange={onOpenChange}>
      <SheetContent side="left" className="p-4" onCloseAutoFocus={() => anchor.current?.focus()}>
        <SheetTitle>
          <Brand />
        </SheetTitle>
        <SheetDescription className="sr-only">Pages and theme</SheetDescription>
        <MainNav onNavigate={() => onOpenChange(false)} />
        <div className="mt-auto grid gap-2 border-t pt-3">
          <AccountMenu onNavigate={() => onOpenChange(false)} />
          <ThemeSwitch />
        </div>
      </SheetContent>
    </Sheet>
  );
}
