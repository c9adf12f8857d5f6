import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { findMetric } from "@/lib/metrics/registry";
import { PUBLISHED_FIGURES, PUBLISHED_SOURCES } from "./published";
import { BENCHMARK_TOPICS, type BenchmarkItem, type BenchmarkTopic } from "./types";
import { benchmarkUnitOf } from "./units";

interface OwnRow {
  id: number;
  metric: string;
  says: string;
  publisher: string;
  published: string;
  low: number;
  high: number;
}

/** What a metric's published figures are filed under; of one without any it is quality. */
function topicOf(metric: string): BenchmarkTopic {
  return PUBLISHED_FIGURES.find((figure) => figure.metric === metric)?.topic ?? "quality";
}

function ownItem({ high, id, low, metric, published, publisher, says }: OwnRow): BenchmarkItem[] {
  const definition = findMetric(metric);
  const unit = definition === undefined ? null : benchmarkUnitOf(definition.descriptor.unit);
  if (unit === null) return [];
  return [
    {
      id: `own-${id}`,
      source: { title: says, publisher, date: published, kind: "own" },
      topic: topicOf(metric),
      says,
      metric,
      group: null,
      low,
      high,
      unit,
      before: null,
      after: null,
      comparability: "ok",
      contradiction: null,
    },
  ];
}

/** Every figure to hold one's own against, by topic: the published ones and, first, those that the company entered. */
export async function readBenchmarks(): Promise<BenchmarkItem[]> {
  const own = await query<OwnRow>(
    sql`select id, metric, says, publisher, published, low, high from company_benchmark order by id desc`,
  );
  const published = PUBLISHED_FIGURES.flatMap(({ source, ...figure }): BenchmarkItem[] => {
    const from = PUBLISHED_SOURCES[source];
    return from === undefined ? [] : [{ ...figure, source: from }];
  });
  return [...own.flatMap(ownItem), ...published].sort(
    (a, b) => BENCHMARK_TOPICS.indexOf(a.topic) - BENCHMARK_TOPICS.indexOf(b.topic),
  );
}
