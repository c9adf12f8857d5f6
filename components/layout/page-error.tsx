"use client";

import { StateMessage } from "./state-message";

/** Looks as a small `Button` does. Every page carries this one in case of need, twice: a copy of that would cost 2 kB each time. */
const RETRY =
  "inline-flex h-8 items-center justify-center rounded-md bg-primary px-3 text-sm font-medium text-primary-foreground outline-none hover:bg-primary/90 focus-visible:ring-[3px] focus-visible:ring-ring/50";

/** What a page shows when it could not be made: what happened, what was kept, what to do. */
export function PageError({ digest, onRetry }: { digest?: string | undefined; onRetry: () => void }) {
  return (
    <div role="alert">
      <StateMessage
        title="This page could not be loaded"
        action={
          <button type="button" onClick={onRetry} className={RETRY}>
            Try again
          </button>
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
