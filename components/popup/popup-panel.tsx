"use client";

import { Popover } from "radix-ui";
import { type ComponentProps, type RefObject, useRef } from "react";
import { cn } from "@/components/ui/cn";

/**
 * The floating panel of a trigger that stands elsewhere in the page: opens beside `anchor`, leaves a click on the
 * trigger to the trigger, and gives the focus back to it unless the reader went somewhere else. Width and padding are
 * the caller's.
 */
export function PopupPanel({
  open,
  onOpenChange,
  anchor,
  trigger,
  className,
  ...content
}: ComponentProps<typeof Popover.Content> & {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  anchor: RefObject<HTMLElement | null>;
  /** Where the trigger is not what the panel opens beside. */
  trigger?: RefObject<HTMLElement | null>;
}) {
  const wentElsewhere = useRef(false);
  const control = trigger ?? anchor;
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          className={cn(
            "z-50 origin-(--radix-popover-content-transform-origin) rounded-md border bg-popover text-popover-foreground shadow-md outline-hidden data-[side=bottom]:slide-in-from-top-2 data-[side=top]:slide-in-from-bottom-2 data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=closed]:zoom-out-95 data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-95",
            className,
          )}
          onInteractOutside={(event) => {
            const onTrigger = event.target instanceof Node && control.current?.contains(event.target) === true;
            if (onTrigger) event.preventDefault();
            else wentElsewhere.current = true;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!wentElsewhere.current) control.current?.focus();
            wentElsewhere.current = false;
          }}
          {...content}
        />
      </Popover.Portal>
    </Popover.Root>
  );
}
