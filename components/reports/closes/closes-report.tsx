"use client";

import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { useMay } from "@/components/layout/workspace-context";
import { HeadlineText } from "@/components/metrics/headline-text";
import { useCloses } from "@/components/query/use-closes";
import { QueryError } from "@/components/reports/query-error";
import { closesOpening } from "./close-words";
import { ClosedMonthsPanel } from "./closed-months-panel";
import { FirstClosePanel } from "./first-close-panel";
import { OpenMonthPanel } from "./open-month-panel";
import { VintagesPanel } from "./vintages-panel";

/** The months of an organisation: those that were closed, and the open one with what is posted in it. */
export function ClosesReport({
  org,
  timeZone,
  fiscalStart,
}: {
  org: string;
  timeZone: string;
  /** 1..12: the calendar month that its fiscal year begins with. */
  fiscalStart: number;
}) {
  const closes = useCloses(org);
  const mayClose = useMay("money:write");
  if (closes.isError) return <QueryError error={closes.error} onRetry={() => closes.refetch()} />;
  if (closes.data === undefined) return <PageSkeleton panels={2} />;
  const { first, items, open } = closes.data;
  const opening = closesOpening(closes.data, timeZone);
  return (
    <>
      <PageHeader headline={<HeadlineText segments={opening.headline} />} lede={opening.lede.join(" ")} />
      <div className="grid gap-4">
        {first.length > 0 && mayClose && <FirstClosePanel org={org} months={first} />}
        {open !== null && <OpenMonthPanel org={org} open={open} mayClose={mayClose} fiscalStart={fiscalStart} />}
        {items.length > 0 && (
          <ClosedMonthsPanel
            org={org}
            items={items}
            mayReopen={mayClose}
            timeZone={timeZone}
            fiscalStart={fiscalStart}
          />
        )}
        <VintagesPanel items={items} timeZone={timeZone} />
      </div>
    </>
  );
}
