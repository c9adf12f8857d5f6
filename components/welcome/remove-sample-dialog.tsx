"use client";

import { useEffect, useRef, useState } from "react";
import { useAfterDataChange } from "@/components/layout/use-after-data-change";
import type { PopupState } from "@/components/popup/use-popup";
import { useChangeSample, useSample } from "@/components/query/use-sample";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import type { SampleStatus } from "@/lib/settings/types";

/** Asks once, then removes the sample fleet. */
export default function RemoveSampleDialog({ state: { anchor, open, onOpenChange } }: { state: PopupState }) {
  const [asked, setAsked] = useState(false);
  const { data } = useSample({ enabled: asked });
  const remove = useChangeSample("DELETE");
  const afterDataChange = useAfterDataChange();
  const state = data?.state;
  const before = useRef<SampleStatus["state"]>(undefined);
  useEffect(() => {
    if (asked && before.current === "removing" && state === "absent") afterDataChange("/");
    before.current = state;
  }, [asked, state, afterDataChange]);

  const failure = remove.error?.message ?? (asked ? data?.error?.message : undefined);
  const busy = remove.isPending || state === "removing";
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent onCloseAutoFocus={() => anchor.current?.focus()}>
        <DialogHeader>
          <DialogTitle>Remove the sample fleet?</DialogTitle>
          <DialogDescription>
            Its organisation, events and everything worked out from them are deleted. What you imported yourself stays.
            The sample can be loaded again at any time.
          </DialogDescription>
        </DialogHeader>
        {failure !== undefined && (
          <p role="alert" className="text-bad">
            {failure}
          </p>
        )}
        <DialogFooter>
          <DialogClose asChild>
            <Button variant="outline">Keep it</Button>
          </DialogClose>
          <Button
            variant="destructive"
            disabled={busy}
            onClick={() => remove.mutate(undefined, { onSuccess: () => setAsked(true) })}
          >
            {busy ? "Removing…" : "Remove the sample fleet"}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
