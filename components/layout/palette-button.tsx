"use client";

import { Suspense, useEffect } from "react";
import { onDemand } from "@/components/popup/on-demand";
import { usePopup } from "@/components/popup/use-popup";

const { Panel: Palette, preload } = onDemand(() => import("./palette"));

/** Opens what leads anywhere by its name; Ctrl or Command and K do so too. */
export function PaletteButton() {
  const { state, trigger, wanted } = usePopup({ preload });
  const { onOpenChange, open } = state;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      onOpenChange(!open);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  });
  return (
    <>
      <button
        type="button"
        {...trigger}
        aria-keyshortcuts="Control+K Meta+K"
        className="mb-3 flex items-center gap-2 rounded-md border px-2 py-1.5 text-note text-ink-3 hover:bg-sunken"
      >
        Go to
        <kbd className="ml-auto font-sans text-xs">Ctrl K</kbd>
      </button>
      {wanted && (
        <Suspense>
          <Palette state={state} />
        </Suspense>
      )}
    </>
  );
}
