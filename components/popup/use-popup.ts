"use client";

import { type RefObject, useRef, useState } from "react";

/** What a popup panel needs of its trigger. */
export interface PopupState {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Where the panel opens, and what has the focus again when it closes. */
  anchor: RefObject<HTMLButtonElement | null>;
}

/**
 * A button and the panel it opens, whose code comes at first need. Spread `trigger` on the button; render the panel with
 * `state` once it was `wanted`: it stays, so that it can leave with its motion.
 */
export function usePopup({ preload, onClose }: { preload: () => void; onClose?: () => void }) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const onOpenChange = (next: boolean) => {
    setOpen(next);
    if (next) setWanted(true);
    else onClose?.();
  };
  const state: PopupState = { open, onOpenChange, anchor };
  return {
    state,
    wanted,
    trigger: {
      ref: anchor,
      "aria-haspopup": "dialog" as const,
      "aria-expanded": open,
      onPointerEnter: preload,
      onFocus: preload,
      onClick: () => onOpenChange(!open),
    },
  };
}
