"use client";

import type { PageScope } from "@/components/filters/page-scope";
import { FILTER_DIMENSIONS } from "@/components/filters/search-params";
import { useNameOf } from "@/components/filters/use-filters";
import { formatDateRange, formatList } from "@/lib/core/format";

/** On paper the filter bar is left out: what a page is about stands there as a line. */
export function PrintedScope({ scope: { filters, period, timeZone } }: { scope: PageScope }) {
  const nameOf = useNameOf();
  const named = FILTER_DIMENSIONS.flatMap((dimension) => {
    const values = filters[dimension] ?? [];
    return values.length === 0 ? [] : [formatList(values.map((value) => nameOf(dimension, value)))];
  });
  const end = new Date(Date.parse(period.to) - 1);
  return (
    <p data-scope-line className="mb-4 hidden text-note text-ink-2 print:block">
      {[formatDateRange(period.from, end, timeZone), timeZone, ...named].join(" · ")}
    </p>
  );
}
