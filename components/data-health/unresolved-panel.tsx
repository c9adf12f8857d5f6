"use client";

import Link from "next/link";
import { useState } from "react";
import { ReportPanel } from "@/components/layout/report-panel";
import { Button } from "@/components/ui/button";
import { formatCount, formatDate } from "@/lib/core/format";
import type { RollbackItem } from "@/lib/metrics/explorer/types";

const SHOWN_AT_FIRST = 8;

/** Changes that say they take something back, where what they mean could not be found; they are in no rate. */
export function UnresolvedPanel({ items, timeZone }: { items: readonly RollbackItem[]; timeZone: string }) {
  const [all, setAll] = useState(false);
  const shown = all ? items : items.slice(0, SHOWN_AT_FIRST);
  return (
    <ReportPanel
      title="Unresolved reverts"
      note="They say that they take something back, and what could not be found. They are in no rate; each one could be a rollback that the rates miss."
    >
      {items.length === 0 ? (
        <p className="text-ink-2">None.</p>
      ) : (
        <ul className="divide-y">
          {shown.map((item) => (
            <li key={item.id} className="py-2.5 first:pt-1">
              <p>
                <Title item={item} />{" "}
                <span className="num text-note text-ink-3">
                  {item.repo}
                  {item.revert.number !== null && ` #${item.revert.number}`},{" "}
                  <time dateTime={item.revert.at}>{formatDate(item.revert.at, timeZone)}</time>
                </span>
              </p>
              {item.evidence.map(({ quote, text }) => (
                <p key={text} className="text-note text-ink-2 [overflow-wrap:anywhere]">
                  {text}
                  {quote !== undefined && <q className="ml-1 text-ink-3">{quote}</q>}
                </p>
              ))}
            </li>
          ))}
        </ul>
      )}
      {shown.length < items.length && (
        <Button size="sm" variant="outline" className="mt-2" onClick={() => setAll(true)}>
          Show all {formatCount(items.length)}
        </Button>
      )}
    </ReportPanel>
  );
}

function Title({ item: { revert } }: { item: RollbackItem }) {
  const className = "font-medium [overflow-wrap:anywhere]";
  if (revert.id === null) return <span className={className}>{revert.title}</span>;
  return (
    <Link
      prefetch={false}
      href={`/pull-requests/${revert.id}`}
      className={`${className} underline-offset-3 hover:underline`}
    >
      {revert.title}
    </Link>
  );
}
