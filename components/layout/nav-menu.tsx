"use client";

import { MenuIcon } from "lucide-react";
import { Suspense } from "react";
import { onDemand } from "@/components/popup/on-demand";
import { usePopup } from "@/components/popup/use-popup";

const { Panel: NavSheet, preload } = onDemand(() => import("./nav-sheet"));

/** The navigation where there is no room for a column. */
export function NavMenu() {
  const { state, trigger, wanted } = usePopup({ preload });
  return (
    <>
      <button
        type="button"
        {...trigger}
        aria-label="Open the menu"
        className="grid size-9 place-content-center rounded-md hover:bg-sunken"
      >
        <MenuIcon className="size-5" />
      </button>
      {wanted && (
        <Suspense>
          <NavSheet state={state} />
        </Suspense>
      )}
    </>
  );
}
