import type { Opening, Segment } from "@/components/metrics/headline";
import { formatCount, formatKOfN, formatPercent, formatPercentInterval, formatQuantity } from "@/lib/core/format";
import type { MetricRow } from "@/lib/metrics/types";
import { nothingEnded } from "./nothing-ended";

type Rows = ReadonlyMap<string, MetricRow>;

/** A share as a figure, few as k of n; null where nothing is known. */
function shareOf(row: MetricRow | undefined): Segment | null {
  if (row === undefined || row.n === null || row.n === 0 || row.k === null) return null;
  return row.value === null || row.flags.includes("few")
    ? formatKOfN(row.k, row.n)
    : { figure: formatPercent(row.value) };
}

/** How much passes review as it is and how much nobody looks at, and what that rests on. */
export function reviewOpening(rows: Rows, people: Rows | null): Opening {
  const nothing = nothingEnded(rows.get("unreviewed_merge_rate"), people !== null);
  if (nothing !== null) return nothing;
  const passed = rows.get("first_pass_yield");
  const yielded = shareOf(passed);
  const unreviewed = shareOf(rows.get("unreviewed_merge_rate"));
  if (yielded === null && unreviewed === null) {
    return {
      headline: ["What reviewers made of the work is not known here."],
      lede: ["A clone does not tell of reviews. Connect the GitHub account to read them, or widen the filters."],
    };
  }
  const whose = people === null ? "the reviewed work" : "the reviewed work of agents";
  const theirs = people === null ? "of merged work" : "of what agents merged";
  return {
    headline: [
      ...(yielded === null ? [] : [yielded, ` of ${whose} passed as it was. `]),
      ...(unreviewed === null ? [] : [unreviewed, ` ${theirs} nobody reviewed.`]),
    ],
    lede: [...restsOn(passed), ...besidePeople(people), ...leftOut(rows)],
  };
}

function restsOn(row: MetricRow | undefined): string[] {
  if (row?.lo == null || row.hi === null || row.n === null || row.flags.includes("few")) return [];
  return [
    `The 95 % interval is ${formatPercentInterval(row.lo, row.hi)}, from ${formatQuantity(row.n, "reviewed pull request")}.`,
  ];
}

function besidePeople(people: Rows | null): string[] {
  const row = people?.get("first_pass_yield");
  if (row?.value == null || row.flags.includes("few")) return [];
  return [`Of people's reviewed work ${formatPercent(row.value)} passed as it was.`];
}

function leftOut(rows: Rows): string[] {
  const count = rows.get("unreviewed_merge_rate")?.excluded.unknown_reviews ?? 0;
  return count === 0 ? [] : [`Of ${formatCount(count)} merged pull requests no reviews are known; they are left out.`];
}
