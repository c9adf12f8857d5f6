"use client";

import { type RefObject, useState } from "react";

/** Saves a panel as a picture; the code that draws it comes when it is asked for. */
export function PictureButton({ panel, title }: { panel: RefObject<HTMLElement | null>; title: string }) {
  const [state, setState] = useState<"ready" | "drawing" | "failed">("ready");
  const save = async () => {
    if (panel.current === null) return;
    setState("drawing");
    try {
      const { savePicture } = await import("./save-picture");
      await savePicture(panel.current, title);
      setState("ready");
    } catch {
      setState("failed");
    }
  };
  return (
    <button
      type="button"
      disabled={state === "drawing"}
      onClick={save}
      className="inline-flex min-h-6 items-center rounded-md px-1.5 text-note text-ink-3 hover:bg-sunken hover:text-ink"
    >
      {state === "failed" ? "This browser cannot draw it" : "PNG"}
    </button>
  );
}
