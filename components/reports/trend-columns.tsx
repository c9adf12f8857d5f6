import Link from "next/link";
import type { Trend, TrendPoint } from "@/components/charts/prepare-trend";
import type { DataColumn } from "@/components/data-table/data-table";

/** Where a point of a series leads; null for nowhere. */
export type TrendHref = (point: TrendPoint, series: string) => string | null;

/** The table beside a chart of values over time: when, and for each series the value, which leads to what it counts, and its interval. */
export function trendColumns(
  series: readonly Pick<Trend["series"][number], "key" | "label">[],
  when: string,
  hrefOf: TrendHref = () => null,
): DataColumn<TrendPoint>[] {
  return [
    {
      id: "bucket",
      header: when,
      rowHeader: true,
      sortValue: ({ bucket }) => bucket,
      cell: ({ label, young }) => (
        <>
          {label.replace("Week of ", "")}
          {young !== null && <span className="text-ink-3"> {young}</span>}
        </>
      ),
    },
    ...series.flatMap(({ key, label }, at): DataColumn<TrendPoint>[] => [
      {
        id: key,
        header: label,
        align: "right",
        sortValue: ({ readings }) => readings[at]?.value ?? null,
        cell: (point) => {
          const reading = point.readings[at];
          const href = reading === undefined || reading.state === "none" ? null : hrefOf(point, key);
          const words = (
            <>
              <span className="font-medium">{reading?.rate} </span>
              <span className="text-ink-2">{reading?.counts}</span>
            </>
          );
          if (href === null) return words;
          return (
            <Link prefetch={false} href={href} className="underline-offset-3 hover:underline">
              {words}
            </Link>
          );
        },
      },
      {
        id: `${key} interval`,
        header: "95 % interval",
        align: "right",
        className: "max-md:hidden text-ink-3",
        cell: ({ readings }) => {
          const reading = readings[at];
          if (reading === undefined || reading.state === "none") return null;
          if (reading.state === "few") return "too few to rate";
          return reading.state === "small" ? `${reading.interval}, small sample` : reading.interval;
        },
      },
    ]),
  ];
}
