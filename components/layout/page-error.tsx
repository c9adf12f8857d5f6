"use client";

import { Button } from "@/components/ui/button";
import { StateMessage } from "./state-message";

/** What a page shows when it could not be made: what happened, what was kept, what to do. */
export function PageError({ digest, onRetry }: { digest?: string | undefined; onRetry: () => void }) {
  return (
    <div role="alert">
      <StateMessage
        title="This page could not be loaded"
        action={
          <Button size="sm" onClick={onRetry}>
            Try again
          </Button>
        }
      >
        <p>
          The server answered with an error. Nothing was changed: imported data, filters and the address of this page
          are kept.
        </p>
        {digest !== undefined && <p className="mt-2 text-note text-ink-3">Reference in the server's log: {digest}</p>}
      </StateMessage>
    </div>
  );
}
