"use client";

import { useDelivery, useReplay } from "@/components/query/use-deliveries";
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
import { DELIVERY_STATE_LABEL } from "./delivery-states";

/** A body as a reader wants it: JSON with its lines, anything else as it came. */
function readable(body: string, cut: boolean): string {
  try {
    return cut ? body : JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** One delivery with its headers and body, and the way to have it read again. */
export function DeliveryDialog({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { data, error } = useDelivery(id);
  const replay = useReplay();
  const close = () => {
    replay.reset();
    onClose();
  };
  return (
    <Dialog open={id !== null} onOpenChange={(open) => !open && close()}>
      <DialogContent className="max-h-[90vh] overflow-hidden sm:max-w-3xl">
        <DialogHeader>
          <DialogTitle>{data === undefined ? "Delivery" : data.event}</DialogTitle>
          <DialogDescription className="[overflow-wrap:anywhere]">
            {data === undefined
              ? "As it came."
              : `${DELIVERY_STATE_LABEL[data.state]}${data.reason === null ? "" : `: ${data.reason}`}. ${data.deliveryId}`}
          </DialogDescription>
        </DialogHeader>
        {error !== null && (
          <p role="alert" className="text-bad">
            {error.message}
          </p>
        )}
        {data !== undefined && (
          <section
            aria-label="Headers and body"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
            tabIndex={0}
            className="max-h-[60vh] overflow-auto rounded-md bg-sunken p-3"
          >
            <pre className="font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]">
              {Object.entries(data.headers)
                .map(([name, value]) => `${name}: ${value}`)
                .join("\n")}
              {"\n\n"}
              {readable(data.body, data.cut)}
              {data.cut && "\n…"}
            </pre>
          </section>
        )}
        {replay.isSuccess && (
          <p role="status">
            {data?.source === "github"
              ? "It is read again within seconds."
              : "It was read again: the state is that of now."}
          </p>
        )}
        {replay.error !== null && (
          <p role="alert" className="text-bad">
            {replay.error.message}
          </p>
        )}
        <DialogFooter>
          <DialogClose asChild>
            <Button variant="outline">Close</Button>
          </DialogClose>
          {/* Telemetry is not kept as it came. */}
          {data?.source.startsWith("otlp/") !== true && (
            <Button disabled={id === null || replay.isPending} onClick={() => id !== null && replay.mutate(id)}>
              Replay
            </Button>
          )}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
