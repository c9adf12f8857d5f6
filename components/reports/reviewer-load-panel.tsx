"use client";

import { useMemo } from "react";
import type { PageScope } from "@/components/filters/page-scope";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { useReviewerLoad } from "@/components/query/use-ranking";
import { formatDecimal, formatPercent, formatQuantity } from "@/lib/core/format";
import type { ReviewerLoad } from "@/lib/metrics/types";
import { QueryError } from "./query-error";

/** How the hours of review are spread over people, without naming anybody. */
export function ReviewerLoadPanel({ scope }: { scope: PageScope }) {
  const { filters, period, timeZone } = scope;
  const request = useMemo(() => {
    const { org, repo, team } = filters;
    const own = { ...(org && { org }), ...(repo && { repo }), ...(team && { team }) };
    return { from: period.from, to: period.to, timeZone, filters: own };
  }, [filters, period, timeZone]);
  const { data, error, isPlaceholderData, refetch } = useReviewerLoad(request);
  if (error !== null) return <QueryError error={error} onRetry={() => refetch()} />;
  const load = data?.load ?? null;
  return (
    <MetricPanel
      title="How is review spread over people?"
      note="Estimated hours a week that each person who reviewed gave to what was merged. Nobody is named, and of fewer than five people nothing is said; agent, task and author do not narrow it."
      className="mt-4"
      pending={data === undefined}
      busy={isPlaceholderData}
      picture={load !== null}
      {...(load !== null && {
        file: () => [
          ["hours_a_week_from", "hours_a_week_below", "people"],
          ...load.groups.map(({ from, reviewers, to }) => [from, to, reviewers]),
        ],
      })}
    >
      {data !== undefined && load === null && (
        <p className="text-ink-2">
          {data.reviewers === 0
            ? "No review by a person is known in this period."
            : "Fewer than five people reviewed in this period."}
        </p>
      )}
      {data !== undefined && load !== null && <Spread reviewers={data.reviewers} load={load} />}
    </MetricPanel>
  );
}

const hours = (value: number): string => `${formatDecimal(value, 1)}\u00a0h`;

function Spread({ load, reviewers }: { load: NonNullable<ReviewerLoad["load"]>; reviewers: number }) {
  const most = Math.max(...load.groups.map((group) => group.reviewers), 1);
  return (
    <>
      <p className="num mb-3">
        {formatQuantity(reviewers, "person", "people")} reviewed: {hours(load.median)} a week at the median,{" "}
        {hours(load.p90)} or more for one in ten. The busiest {load.busiest === 1 ? "one" : load.busiest} gave{" "}
        {formatPercent(load.busiestShare, 0)} of all hours; {formatPercent(load.agentShare, 0)} went to work of agents.
      </p>
      <ul className="num grid gap-1.5 text-note">
        {load.groups.map(({ from, reviewers: people, to }) => (
          <li key={from} className="grid grid-cols-[6.5rem_minmax(0,1fr)_auto] items-center gap-3">
            <span className="text-ink-2">{to === null ? `${from} h and more` : `${from} to ${to} h`}</span>
            <span aria-hidden="true" className="h-2.5">
              <i className="block h-full bg-human" style={{ width: `${(people / most) * 100}%` }} />
            </span>
            <span className="text-ink-3">{formatQuantity(people, "person", "people")}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
