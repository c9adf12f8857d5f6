"use client";

import { useMemo } from "react";
import type { PageScope } from "@/components/filters/page-scope";
import { StateMessage } from "@/components/layout/state-message";
import { useMay, useWorkspace } from "@/components/layout/workspace-context";
import { AnsweredCards } from "@/components/metrics/answered-cards";
import { rowsOf, useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { MeasureGroupPanel } from "@/components/reports/measures/measure-group-panel";
import { QueryError } from "@/components/reports/query-error";
import { formatCount, formatPercent } from "@/lib/core/format";
import { REPORTED_METRICS, reportedRequests } from "./reported-requests";

const ID = "said";
const nowhere = () => null;

/** What people say in surveys, and what became of what tools suggested: self-reported, and named so. */
export function ReportedSection({ scope }: { scope: PageScope }) {
  const requests = useMemo(() => reportedRequests(scope), [scope]);
  const { descriptors } = useWorkspace();
  const may = useMay("users:manage");
  const totals = useMetricsQuery(requests.reported);
  const course = useMetricsQuery(requests.reportedCourse);
  const teams = useMetricsQuery(requests.reportedTeams);
  const shown = useMemo(
    () => REPORTED_METRICS.flatMap((metric) => descriptors.find(({ id }) => id === metric) ?? []),
    [descriptors],
  );
  const failed = [totals, course, teams].find((query) => query.isError);
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => failed.refetch()} />;
  const [trust] = rowsOf(totals.data, "trust_score");
  const said = REPORTED_METRICS.some((metric) => (rowsOf(totals.data, metric)[0]?.n ?? 0) > 0);
  return (
    <section aria-labelledby={ID} className="mt-8">
      <h2 id={ID} className="scroll-mt-20 text-xl font-[550] tracking-[-0.01em]">
        What people say, and what they turn down
      </h2>
      <p className="mt-0.5 mb-3 max-w-prose text-note text-ink-3">
        Self-reported: how it feels, and not what was measured. In a controlled trial developers felt 20 % faster while
        they were 19 % slower.
        {trust?.asked !== undefined &&
          trust.n !== null &&
          ` ${formatCount(trust.n)} of ${formatCount(trust.asked)} answered (${formatPercent(trust.n / trust.asked, 0)}).`}
      </p>
      {said || totals.data === undefined ? (
        <>
          <AnsweredCards
            label="What people say"
            descriptors={shown}
            totals={totals.data}
            course={course.data}
            timeZone={scope.timeZone}
          />
          <MeasureGroupPanel
            group="team"
            title="What teams say"
            descriptors={shown.slice(0, 2)}
            answer={teams.data}
            request={requests.reportedTeams}
            busy={teams.isPlaceholderData}
            hrefOf={nowhere}
            fold={15}
          />
        </>
      ) : (
        <div className="rounded-lg border bg-panel p-4 shadow-(--shadow-panel)">
          <StateMessage compact title="Nobody was asked in this period">
            <p>
              {may
                ? "Enter the answers to a survey, or what an editor reports of its suggestions, on the page Teams."
                : "An administrator enters the answers to a survey, or what an editor reports of its suggestions."}
            </p>
          </StateMessage>
        </div>
      )}
    </section>
  );
}
