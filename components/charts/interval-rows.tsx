import Link from "next/link";
import { cn } from "@/components/ui/cn";
import type { IntervalMark, IntervalRow, IntervalRows } from "./prepare-interval-rows";

/** Words stand before the band where that begins beyond this part of the axis, and behind it otherwise. */
const ROOM_FOR_WORDS = 0.4;

/** Position of a share on the axis, as a CSS length. */
const at = (share: number, max: number) => `${Math.min(100, (share / max) * 100)}%`;

/**
 * Rates as dots on their 95 % intervals over the published band. Everything drawn is also text in the row, so the plot
 * itself is hidden from assistive technology; the keyboard walks the row labels.
 */
export function IntervalRowsChart({ data, hrefOf }: { data: IntervalRows; hrefOf?: (key: string) => string }) {
  return (
    <div className="@container num text-xs">
      <ul>
        {data.rows.map((row) => (
          <li
            key={row.key}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 py-1 @md:grid-cols-[9.25rem_minmax(0,1fr)_7.5rem] @md:py-0"
          >
            <span className="min-w-0 truncate text-note text-ink-2">
              {hrefOf === undefined ? (
                row.label
              ) : (
                <Link
                  prefetch={false}
                  href={hrefOf(row.key)}
                  className="-my-0.5 inline-block py-[5px] underline-offset-3 hover:text-ink hover:underline"
                >
                  {row.label}
                </Link>
              )}
            </span>
            <div className="text-right @md:col-start-3 @md:row-start-1">
              {row.marks.map((mark) => (
                <p key={mark.series} className="leading-[1.35] whitespace-nowrap">
                  {row.marks.length > 1 && <span className="sr-only">{mark.series} </span>}
                  <span className="sr-only">{mark.words}</span>
                  {mark.rate !== "" && (
                    <span className={cn("font-medium", mark.aboveBand ? "text-bad" : "text-ink")}>{mark.rate} </span>
                  )}
                  <span className="text-ink-3">{mark.counts}</span>
                  {mark.interval !== null && (
                    <span className="sr-only">
                      , {mark.interval}
                      {mark.aboveBand && ", above the published band"}
                      {mark.state === "small" && ", small sample"}
                      {mark.young !== null && `, provisional: ${mark.young}`}
                    </span>
                  )}
                </p>
              ))}
            </div>
            <Track row={row} data={data} />
          </li>
        ))}
      </ul>
      <div aria-hidden="true" className="@md:pr-[8.25rem] @md:pl-[10rem]">
        <div className="relative h-5 text-ink-3">
          {data.ticks.map((tick) => (
            <span
              key={tick.at}
              className="absolute top-1 -translate-x-1/2 first:translate-x-0 last:-translate-x-full @md:first:-translate-x-1/2 @md:last:-translate-x-1/2"
              style={{ left: at(tick.at, data.max) }}
            >
              {tick.label}
            </span>
          ))}
        </div>
      </div>
      {data.rows.some(({ marks }) => marks.some(({ young }) => young !== null)) && (
        <p className="mt-1 text-note text-ink-3">
          <span
            aria-hidden="true"
            className="inline-block h-2.5 w-3.5 border border-line-strong bg-hatch align-[-1px]"
          />{" "}
          Provisional: more than a fifth of the row merged too recently and is left out.
        </p>
      )}
    </div>
  );
}

function Track({ row, data }: { row: IntervalRow; data: IntervalRows }) {
  return (
    <div
      aria-hidden="true"
      className={cn(
        "relative col-span-2 @md:col-span-1 @md:col-start-2 @md:row-start-1",
        row.marks.length > 1 ? "h-10" : "h-[1.8125rem]",
      )}
    >
      {data.ticks.map((tick) => (
        <i key={tick.at} className="absolute inset-y-0 w-px bg-line" style={{ left: at(tick.at, data.max) }} />
      ))}
      {row.band !== null && (
        <i
          className="absolute inset-y-1 border-x border-line-control bg-band"
          style={{
            left: at(row.band.low, data.max),
            width: at(row.band.high - row.band.low, data.max),
            minWidth: 3,
          }}
        />
      )}
      {row.marks.map((mark, index) => (
        <Mark
          key={mark.series}
          mark={mark}
          band={row.band}
          max={data.max}
          top={`${((index + 0.5) / row.marks.length) * (row.marks.length > 1 ? 70 : 100) + (row.marks.length > 1 ? 15 : 0)}%`}
        />
      ))}
    </div>
  );
}

function Mark({ mark, band, max, top }: { mark: IntervalMark; band: IntervalRow["band"]; max: number; top: string }) {
  if (mark.words !== null) {
    return (
      <span
        className="absolute ml-1.5 -translate-y-1/2 whitespace-nowrap text-ink-2"
        style={{ top, left: band === null || band.low > max * ROOM_FOR_WORDS ? 0 : at(band.high, max) }}
      >
        {mark.words}
      </span>
    );
  }
  const { lo, hi, value } = mark;
  if (lo === null || hi === null || value === null) return null;
  const color = mark.aboveBand ? "var(--bad)" : mark.color;
  const line =
    mark.state === "small" ? `repeating-linear-gradient(90deg, ${mark.color} 0 3px, transparent 3px 6px)` : mark.color;
  return (
    <>
      {mark.young !== null && (
        <i
          className="absolute h-3 -translate-y-1/2 bg-hatch"
          style={{ top, left: at(lo, max), right: `${100 - Math.min(100, (hi / max) * 100)}%` }}
        />
      )}
      <i
        className="absolute h-0.5 -translate-y-1/2"
        style={{ top, left: at(lo, max), right: `${100 - Math.min(100, (hi / max) * 100)}%`, background: line }}
      />
      <i
        className="absolute size-[9px] -translate-x-1/2 -translate-y-1/2 rounded-full"
        style={{ top, left: at(value, max), background: color }}
      />
    </>
  );
}
