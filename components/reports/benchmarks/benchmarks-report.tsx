"use client";

import { useMemo } from "react";
import { comparesKinds, type PageScope } from "@/components/filters/page-scope";
import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { ReportPanel } from "@/components/layout/report-panel";
import { useMay, useWorkspace } from "@/components/layout/workspace-context";
import { rowsOf, useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { queryKeys } from "@/components/query/query-keys";
import { useChange } from "@/components/query/use-account";
import { useBenchmarks } from "@/components/query/use-benchmarks";
import { QueryError } from "@/components/reports/query-error";
import { useFigureHref } from "@/components/reports/use-figure-href";
import { Button } from "@/components/ui/button";
import { formatCount, formatQuantity } from "@/lib/core/format";
import { BENCHMARK_TOPICS, type BenchmarkItem, type BenchmarkTopic } from "@/lib/metrics/benchmarks/types";
import { benchmarkRequests } from "./benchmark-requests";
import { BenchmarkRow } from "./benchmark-row";
import { OwnBenchmarkForm } from "./own-benchmark-form";
import { ownRow } from "./prepare-benchmark";

const TITLE: Readonly<Record<BenchmarkTopic, string>> = {
  velocity: "How much, and how fast",
  share: "How much agents do, and alone",
  rollback: "What is taken back",
  review: "Rework and review",
  quality: "Quality and operation",
  causes: "Why work fails",
  adoption: "Adoption",
  people: "What people say",
  outcome: "Before and after",
  money: "What it costs and brings",
};

/** What others have published, each with its source, beside one's own figures. */
export function BenchmarksReport({ scope }: { scope: PageScope }) {
  const benchmarks = useBenchmarks();
  const items = benchmarks.data ?? NONE;
  const { descriptors } = useWorkspace();
  const requests = useMemo(() => benchmarkRequests(scope, items, descriptors), [scope, items, descriptors]);
  const isReady = items.length > 0;
  const whole = useMetricsQuery(requests.whole, { enabled: isReady });
  const category = useMetricsQuery(requests.category, { enabled: isReady });
  const cause = useMetricsQuery(requests.cause, { enabled: isReady });
  const hrefOf = useFigureHref();
  const may = useMay("settings:manage");
  const remove = useChange([queryKeys.benchmarks]);
  const failed = [benchmarks, whole, category, cause].find((query) => query.isError);
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => failed.refetch()} />;
  if (whole.data === undefined || category.data === undefined || cause.data === undefined) {
    return <PageSkeleton cards={0} panels={3} />;
  }
  const published = items.filter(({ source }) => source.kind !== "own").length;
  const contradicted = items.filter(({ contradiction }) => contradiction !== null).length;
  const not = items.filter(({ comparability }) => comparability === "no").length;
  const rowOf = (item: BenchmarkItem) =>
    ownRow(item, {
      whole: rowsOf(whole.data, item.metric ?? ""),
      category: rowsOf(category.data, "rollback_rate_24h"),
      cause: rowsOf(cause.data, "failure_root_cause"),
    });
  return (
    <>
      <PageHeader
        headline={`${formatQuantity(published, "published figure")}, ${formatCount(contradicted)} of them contradicted by their own source or the study behind it.`}
        lede={`A band is what was published, a dot with its interval is yours${comparesKinds(scope) ? ", of agents’ work" : ""}. ${formatCount(not)} cannot be compared and stand as text. None of them is a goal.`}
      />
      <div className="grid gap-4">
        {BENCHMARK_TOPICS.map((topic) => {
          const own = items.filter((item) => item.topic === topic);
          if (own.length === 0) return null;
          return (
            <ReportPanel key={topic} title={TITLE[topic]}>
              <ul className="divide-y">
                {own.map((item) => (
                  <BenchmarkRow
                    key={item.id}
                    item={item}
                    row={rowOf(item)}
                    descriptor={descriptors.find(({ id }) => id === item.metric)}
                    href={hrefOf(item.metric ?? "", item.group === null ? {} : narrowedTo(item.group))}
                    tools={
                      may &&
                      item.source.kind === "own" && (
                        <Button
                          size="sm"
                          variant="outline"
                          className="mt-2"
                          disabled={remove.isPending}
                          aria-label={`Remove ${item.says}`}
                          onClick={() => remove.mutate({ url: `/api/v1/benchmarks/${item.id}`, method: "DELETE" })}
                        >
                          Remove
                        </Button>
                      )
                    }
                  />
                ))}
              </ul>
            </ReportPanel>
          );
        })}
        {may && <OwnBenchmarkForm />}
      </div>
    </>
  );
}

const NONE: readonly BenchmarkItem[] = [];

function narrowedTo(group: NonNullable<BenchmarkItem["group"]>) {
  return "category" in group ? { category: [group.category] } : { cause: [group.cause] };
}
