"use client";

import { useQueryStates } from "nuqs";
import { useRef, useState } from "react";
import type { PageScope } from "@/components/filters/page-scope";
import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { StateMessage } from "@/components/layout/state-message";
import { pullRequestsCsvHref, usePullRequests } from "@/components/query/use-pull-requests";
import { QueryError } from "@/components/reports/query-error";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { formatDateRange } from "@/lib/core/format";
import { explorerHeadline } from "./explorer-headline";
import { pullRequestParsers } from "./explorer-params";
import { listOf, pageRequest, rolledBackRequest } from "./explorer-request";
import { ExplorerTools } from "./explorer-tools";
import { ListPager } from "./list-pager";
import { sealCursor } from "./page-cursor";
import { FactTable } from "./pull-request-table";
import { fromTableSort, toTableSort } from "./sort-order";

const MEANING = {
  ever: "Rolled back means at any time since.",
  "24h": "Rolled back means within 24 hours; only what is old enough to know is listed.",
  "7d": "Rolled back means within 7 days; only what is old enough to know is listed.",
} as const;

const ENDED = { merged: "Merged", closed: "Closed without a merge", any: "Merged or closed" } as const;

/** The list that every number leads to. */
export function PullRequestExplorer({ scope }: { scope: PageScope }) {
  const [state, setState] = useQueryStates(pullRequestParsers, { history: "push", shallow: true, scroll: false });
  const request = pageRequest(scope, state);
  const { data, error, isPlaceholderData, refetch } = usePullRequests(request);
  const rolledBack = usePullRequests(rolledBackRequest(scope, state));
  const heading = useRef<HTMLDivElement>(null);
  // Which page led to which; a page opened by its address has none before it that could be known.
  const before = useRef(new Map<string, string | null>());

  const settled = !isPlaceholderData && !rolledBack.isPlaceholderData;
  const headline =
    data === undefined
      ? ""
      : explorerHeadline({
          total: data.total,
          rolledBack: rolledBack.data?.total,
          outcome: state.rolledBack,
          ended: state.ended,
        });
  // While the next answer is on its way the sentence stays with the rows: it must not mix both.
  const [shown, setShown] = useState(headline);
  if (settled && shown !== headline) setShown(headline);

  if (error !== null) return <QueryError error={error} onRetry={() => refetch()} />;
  if (data === undefined) return <PageSkeleton cards={0} panels={1} />;

  const goTo = (cursor: string | null) => {
    setState({ cursor });
    heading.current?.scrollIntoView();
  };
  const previous = state.cursor === null ? undefined : before.current.get(state.cursor);
  const lastDay = `${scope.period.lastDay}T00:00Z`;
  return (
    <>
      <PageHeader
        headline={shown}
        lede={`${ENDED[state.ended ?? "merged"]} ${formatDateRange(`${scope.period.firstDay}T00:00Z`, lastDay, "UTC")}. ${state.ended === "closed" ? "Only sources that know pull requests tell of them." : MEANING[state.window ?? "ever"]} Every row leads to the evidence.`}
      />
      <div
        ref={heading}
        className="scroll-mt-14 rounded-lg border bg-panel px-4 pt-3.5 pb-3.5 shadow-(--shadow-panel) md:px-[18px]"
      >
        <ExplorerTools {...state} csvHref={pullRequestsCsvHref(request)} onChange={setState} />
        {data.items.length === 0 ? (
          <NoneFit
            narrowed={
              [state.ended, state.rolledBack, state.window, state.sign, state.within, state.counted, state.metric].some(
                (choice) => choice !== null,
              ) ||
              state.cause.length > 0 ||
              state.q !== ""
            }
            onWiden={() =>
              setState({
                q: null,
                ended: null,
                rolledBack: null,
                window: null,
                sign: null,
                among: null,
                within: null,
                counted: null,
                metric: null,
                part: null,
                cause: null,
                cursor: null,
              })
            }
          />
        ) : (
          <div aria-busy={isPlaceholderData} className={cn("transition-opacity", isPlaceholderData && "opacity-60")}>
            <FactTable
              items={data.items}
              ended={state.ended}
              timeZone={scope.timeZone}
              sort={toTableSort(state.sort)}
              onSort={(sort) => setState({ sort: fromTableSort(sort) })}
            />
            {data.items.some((item) => item.outcome === "merged" && item.effectiveLines === null) && (
              <p className="mt-2 text-note text-ink-3">
                Lines are unknown where the clone holds no file contents, or no list of files; the page of the pull
                request says which.
              </p>
            )}
            <ListPager
              shown={data.items.length}
              total={data.total}
              atStart={request.cursor === undefined}
              hasMore={data.nextCursor !== null}
              onFirst={() => goTo(null)}
              onPrevious={previous === undefined ? null : () => goTo(previous)}
              onNext={() => {
                if (data.nextCursor === null) return;
                const next = sealCursor(data.nextCursor, listOf(state));
                before.current.set(next, request.cursor === undefined ? null : state.cursor);
                goTo(next);
              }}
            />
          </div>
        )}
      </div>
    </>
  );
}

function NoneFit({ narrowed, onWiden }: { narrowed: boolean; onWiden: () => void }) {
  return (
    <StateMessage
      compact
      title="No pull request fits"
      action={
        narrowed && (
          <Button size="sm" variant="secondary" onClick={onWiden}>
            Clear what narrows the list
          </Button>
        )
      }
    >
      <p>Choose a longer period, clear a filter, or look for other words.</p>
    </StateMessage>
  );
}
