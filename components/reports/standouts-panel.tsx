"use client";

import Link from "next/link";
import { useMemo } from "react";
import type { PageScope } from "@/components/filters/page-scope";
import { serializeFilters } from "@/components/filters/search-params";
import { useFilters, useNameOf } from "@/components/filters/use-filters";
import { useMay } from "@/components/layout/workspace-context";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { useStandouts } from "@/components/query/use-ranking";
import { formatQuantity } from "@/lib/core/format";
import { prepareStandout, type StandoutItem } from "./prepare-standouts";
import { QueryError } from "./query-error";
import { useBehind } from "./use-behind";

const METRIC = "rollback_rate_7d";
const LINK = "inline-flex min-h-6 items-center text-note underline underline-offset-3";

/** The months in which more came back than chance explains, of what, and the way to which, why and at what cost. */
export function StandoutsPanel({ scope, waits }: { scope: PageScope; waits: boolean }) {
  const nameOf = useNameOf();
  const { filters, period, timeZone } = scope;
  const request = useMemo(
    () => ({ metric: METRIC, from: period.from, to: period.to, timeZone, filters }),
    [filters, period, timeZone],
  );
  const { data, error, isPlaceholderData, refetch } = useStandouts(request, { enabled: !waits });
  if (error !== null) return <QueryError error={error} onRetry={() => refetch()} />;
  const items = (data?.standouts ?? []).map((one) => prepareStandout(one, period, { nameOf, timeZone }));
  return (
    <MetricPanel
      title="When did it go wrong?"
      note="Months in which more work of agents was rolled back within 7 days than in the rest of the period: of everything, and of each task, team and repository."
      className="lg:col-span-2"
      pending={data === undefined}
      busy={isPlaceholderData}
      footer={
        data !== undefined &&
        data.compared > 0 && (
          <p className="mt-3 text-note text-ink-3">
            {formatQuantity(data.compared, "month")} of something held against the rest by Fisher’s exact test; of what
            is shown about one in ten may be chance (Benjamini and Hochberg, for each task, team and repository by
            itself).
          </p>
        )
      }
    >
      {items.length === 0 ? (
        <p className="text-ink-2">
          {data?.compared === 0
            ? "No month holds ten pull requests that are old enough."
            : "No month stands out: every difference can be chance."}
        </p>
      ) : (
        <ul className="num">
          {items.map((item) => (
            <Item key={item.key} item={item} />
          ))}
        </ul>
      )}
    </MetricPanel>
  );
}

function Item({ item: { month, name, narrowed, text } }: { item: StandoutItem }) {
  const [state] = useFilters();
  const behind = useBehind();
  const mayMoney = useMay("money:read");
  const of = `${name}, ${month}`;
  const page = (path: string) => serializeFilters(path, { ...state, ...narrowed });
  return (
    <li className="grid gap-x-4 border-t py-2.5 first:border-t-0 md:grid-cols-[minmax(0,1fr)_auto]">
      <p>
        <b className="font-medium">{name}</b>, {month}: {text}
      </p>
      <p className="flex flex-wrap items-center gap-x-4">
        <Link prefetch={false} href={behind(METRIC, narrowed)} className={LINK} aria-label={`Which: ${of}`}>
          Which
        </Link>
        <Link prefetch={false} href={page("/quality")} className={LINK} aria-label={`Why: ${of}`}>
          Why
        </Link>
        {mayMoney && (
          <Link prefetch={false} href={page("/costs")} className={LINK} aria-label={`At what cost: ${of}`}>
            At what cost
          </Link>
        )}
      </p>
    </li>
  );
}
