import Link from "next/link";
import type { ReactNode } from "react";
import { formatMetricInterval, formatMetricValue } from "@/components/metrics/format-metric";
import { Tag } from "@/components/metrics/tag";
import type { BenchmarkItem, Comparability } from "@/lib/metrics/benchmarks/types";
import type { MetricDescriptor, MetricRow } from "@/lib/metrics/types";
import { hasOwn } from "./benchmark-requests";
import { prepareBenchmark } from "./prepare-benchmark";

const COMPARABLE: Readonly<Record<Comparability, string>> = {
  ok: "comparable",
  caution: "compare with care",
  no: "not comparable",
};
const KIND: Readonly<Record<BenchmarkItem["source"]["kind"], string>> = {
  vendor: "vendor",
  survey: "survey",
  anecdote: "case",
  research: "research note",
  own: "yours",
};

/** One published figure: what it says, its band beside one's own value, who says it, and what contradicts it. */
export function BenchmarkRow({
  item,
  row,
  descriptor,
  href,
  tools,
}: {
  item: BenchmarkItem;
  row: MetricRow | undefined;
  descriptor: MetricDescriptor | undefined;
  /** Where the own figure leads. */
  href: string;
  tools?: ReactNode;
}) {
  const { comparability, contradiction, says, source } = item;
  const { band, figure, own } = prepareBenchmark(item, row);
  return (
    <li className="grid gap-x-6 gap-y-2 py-3 first:pt-1 last:pb-0 md:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
      <div className="min-w-0">
        <p className="font-medium">{says}</p>
        <p className="num mt-0.5 text-note text-ink-3">
          <Tag>{KIND[source.kind]}</Tag>{" "}
          {source.kind === "own" ? source.publisher : `${source.title}, ${source.publisher}`}, {source.date}
        </p>
      </div>
      <div className="min-w-0">
        <p className="num flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="font-medium">{figure}</span>
          <span className="text-note text-ink-3">{COMPARABLE[comparability]}</span>
        </p>
        {band !== null && (
          <div aria-hidden="true" className="relative my-1.5 h-4 border-l border-line-strong bg-sunken">
            <i
              className="absolute inset-y-0 min-w-0.5 bg-line-strong"
              style={{ left: `${band.from * 100}%`, width: `${(band.to - band.from) * 100}%` }}
            />
            {own !== null && (
              <>
                <i
                  className="absolute top-1/2 h-0.5 -translate-y-1/2 bg-agent"
                  style={{ left: `${own.lo * 100}%`, width: `${(own.hi - own.lo) * 100}%` }}
                />
                <i
                  className="absolute top-1/2 size-2.5 -translate-x-1/2 -translate-y-1/2 rounded-full bg-agent"
                  style={{ left: `${own.at * 100}%` }}
                />
              </>
            )}
          </div>
        )}
        {band !== null && descriptor !== undefined && hasOwn(item) && (
          <p className="num text-note text-ink-2">
            <OwnFigure row={row} descriptor={descriptor} href={href} />
          </p>
        )}
        {contradiction !== null && <p className="mt-1 text-note text-ink-2">But: {contradiction}</p>}
        {tools}
      </div>
    </li>
  );
}

function OwnFigure({
  row,
  descriptor,
  href,
}: {
  row: MetricRow | undefined;
  descriptor: MetricDescriptor;
  href: string;
}) {
  const name = descriptor.title.charAt(0).toLowerCase() + descriptor.title.slice(1);
  if (row === undefined || row.value === null) {
    return (
      <>
        Yours ({name}): not known{row?.reason === undefined ? "" : `, ${row.reason}`}
      </>
    );
  }
  if (row.flags.includes("few")) return <>Yours ({name}): too few to rate</>;
  const interval = formatMetricInterval(descriptor, row);
  return (
    <>
      Yours:{" "}
      <Link
        prefetch={false}
        href={href}
        className="font-medium text-ink underline decoration-line-control underline-offset-3 hover:decoration-ink"
      >
        {formatMetricValue(descriptor, row.value)}
      </Link>
      {interval !== "" && ` (${interval})`} · {name}
    </>
  );
}
