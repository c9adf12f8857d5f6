import type { Trend, TrendMark } from "@/components/charts/prepare-trend";
import type { Milestone } from "@/lib/settings/types";

const DAY_MS = 86_400_000;

/** As much of a title as stands beside a line, and rows of labels before they begin anew. */
const LONGEST = 30;
const ROWS = 3;

/** Noon, which is that day in nearly every zone. */
const instantOf = ({ day }: Pick<Milestone, "day">): number => Date.parse(`${day}T12:00:00Z`);

/** The milestones that lie on the axis of a trend, oldest first, and their places on it. */
export function prepareMilestones(
  { points }: Pick<Trend, "points">,
  milestones: readonly Milestone[],
  grain: "week" | "month",
): { marks: TrendMark[]; shown: Milestone[] } {
  const starts = points.map(({ bucket }) => Date.parse(bucket));
  const last = starts.at(-1);
  if (last === undefined) return { marks: [], shown: [] };
  const edges = [...starts, last + (grain === "week" ? 7 : 30) * DAY_MS];
  const placed = milestones
    .toSorted((a, b) => a.day.localeCompare(b.day) || a.id - b.id)
    .flatMap((milestone) => {
      const at = instantOf(milestone);
      const index = edges.findLastIndex((edge) => edge <= at);
      const [start, end] = [edges[index], edges[index + 1]];
      if (start === undefined || end === undefined) return [];
      return [{ milestone, at: index - 0.5 + (at - start) / (end - start) }];
    });
  return {
    marks: placed.map(({ at, milestone: { title } }, index) => ({
      at,
      label: title.length > LONGEST ? `${title.slice(0, LONGEST - 1).trimEnd()}…` : title,
      row: index % ROWS,
    })),
    shown: placed.map(({ milestone }) => milestone),
  };
}
