"use client";

import { type ReactElement, type ReactNode, type RefObject, Suspense, useId, useRef, useState } from "react";
import { onDemand } from "@/components/popup/on-demand";
import type { MetricDescriptor, MetricRow } from "@/lib/metrics/types";

const { Panel: DefinitionPanel } = onDemand(() => import("./definition-panel"));

/** Long enough to cross the card on the way to its definition. */
const CLOSE_DELAY_MS = 400;

/**
 * The name of a number: hover, focus or a tap tells what it is, what it rests on and what it leaves out. `children`
 * places the name in what it names, which takes the ref: the definition opens beside that, never over it.
 */
export function DefinitionPopover({
  descriptor,
  row,
  asOf,
  timeZone,
  name,
  children,
}: {
  descriptor: MetricDescriptor;
  row: MetricRow | undefined;
  asOf: string | null;
  timeZone: string;
  name: string;
  children: (name: ReactNode, ref: RefObject<HTMLElement | null>) => ReactElement;
}) {
  const id = useId();
  const named = useRef<HTMLElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const show = () => {
    clearTimeout(timer.current);
    setWanted(true);
    setOpen(true);
  };
  const hideSoon = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(false), CLOSE_DELAY_MS);
  };
  const button = (
    <button
      ref={trigger}
      type="button"
      aria-haspopup="dialog"
      aria-expanded={open}
      aria-describedby={open ? id : undefined}
      className="-mx-1 min-h-6 rounded-sm px-1 text-left decoration-line-strong decoration-dotted underline-offset-4 hover:underline focus-visible:underline"
      onPointerEnter={(event) => event.pointerType === "mouse" && show()}
      onPointerLeave={(event) => event.pointerType === "mouse" && hideSoon()}
      onFocus={(event) => event.currentTarget.matches(":focus-visible") && show()}
      onBlur={hideSoon}
      onClick={show}
    >
      {name}
    </button>
  );
  return (
    <>
      {children(button, named)}
      {wanted && (
        <Suspense>
          <DefinitionPanel
            id={id}
            open={open}
            onOpenChange={setOpen}
            anchor={named}
            trigger={trigger}
            descriptor={descriptor}
            row={row}
            asOf={asOf}
            timeZone={timeZone}
            onPointerEnter={show}
            onPointerLeave={hideSoon}
          />
        </Suspense>
      )}
    </>
  );
}
