"use client";

import { Suspense } from "react";
import { onDemand } from "@/components/popup/on-demand";
import { usePopup } from "@/components/popup/use-popup";

const { Panel: RemoveSampleDialog, preload } = onDemand(() => import("./remove-sample-dialog"));

/** Removes the sample fleet after asking once. */
export function RemoveSample() {
  const { state, trigger, wanted } = usePopup({ preload });
  return (
    <>
      <button
        type="button"
        {...trigger}
        className="inline-flex h-6 items-center rounded-md px-1.5 text-sm underline underline-offset-3 hover:bg-sunken hover:text-ink"
      >
        Remove the sample
      </button>
      {wanted && (
        <Suspense>
          <RemoveSampleDialog state={state} />
        </Suspense>
      )}
    </>
  );
}
