"use client";

import { MenuIcon } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Sheet, SheetContent, SheetDescription, SheetTitle, SheetTrigger } from "@/components/ui/sheet";
import { Brand } from "./brand";
import { MainNav } from "./main-nav";
import { ThemeSwitch } from "./theme-switch";

/** The navigation where there is no room for a column. */
export function NavMenu() {
  const [open, setOpen] = useState(false);
  return (
    <Sheet open={open} onOpenChange={setOpen}>
      <SheetTrigger asChild>
        <Button variant="ghost" size="icon" aria-label="Open the menu">
          <MenuIcon className="size-5" />
        </Button>
      </SheetTrigger>
      <SheetContent side="left" className="w-72 gap-5 p-4">
        <SheetTitle>
          <Brand />
        </SheetTitle>
        <SheetDescription className="sr-only">Pages and theme</SheetDescription>
        <MainNav onNavigate={() => setOpen(false)} />
        <div className="mt-auto border-t pt-3">
          <ThemeSwitch />
        </div>
      </SheetContent>
    </Sheet>
  );
}
