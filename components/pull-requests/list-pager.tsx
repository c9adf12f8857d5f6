"use client";

import { Button } from "@/components/ui/button";
import { formatCount, formatQuantity } from "@/lib/core/format";

/** How much of the list is on screen, and the way to the rest. Each step is an address of its own. */
export function ListPager({
  shown,
  total,
  atStart,
  hasMore,
  onPrevious,
  onNext,
  onFirst,
}: {
  shown: number;
  total: number;
  atStart: boolean;
  hasMore: boolean;
  /** null: the page before is not known, as after opening a link. */
  onPrevious: (() => void) | null;
  onNext: () => void;
  onFirst: () => void;
}) {
  return (
    <nav
      aria-label="Pages of the list"
      className="mt-3 flex flex-wrap items-center justify-between gap-3 border-t pt-3"
    >
      <p className="num text-note text-ink-3">
        {formatCount(shown)} of {formatQuantity(total, "pull request")}
      </p>
      <div className="flex gap-2">
        {!atStart && (
          <Button variant="outline" size="sm" onClick={onFirst}>
            First page
          </Button>
        )}
        {onPrevious !== null && (
          <Button variant="outline" size="sm" onClick={onPrevious}>
            Previous
          </Button>
        )}
        {hasMore && (
          <Button variant="outline" size="sm" onClick={onNext}>
            Next
          </Button>
        )}
      </div>
    </nav>
  );
}
