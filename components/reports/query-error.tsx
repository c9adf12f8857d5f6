"use client";

import { StateMessage } from "@/components/layout/state-message";
import { Button } from "@/components/ui/button";

/** Stands in a page whose numbers could not be fetched; the shell and the filters stay. */
export function QueryError({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <div role="alert" className="rounded-lg border bg-panel px-5">
      <StateMessage
        compact
        title="The numbers could not be loaded"
        action={
          <Button size="sm" variant="secondary" onClick={onRetry}>
            Try again
          </Button>
        }
      >
        <p>{error.message} The filters and the imported data are kept.</p>
      </StateMessage>
    </div>
  );
}
