import { formatMetricValue } from "@/components/metrics/format-metric";
import type { Opening, Segment } from "@/components/metrics/headline";
import { formatCount, formatQuantity } from "@/lib/core/format";
import type { MetricRow } from "@/lib/metrics/types";
import { nothingEnded } from "./nothing-ended";

type Rows = ReadonlyMap<string, MetricRow>;

const SECONDS = { unit: "seconds" } as const;

/** A median time as a figure; null where there is none. */
function figureOf(row: MetricRow | undefined): Segment | null {
  return row?.value == null ? null : { figure: formatMetricValue(SECONDS, row.value) };
}

/** How long work waits and how long it takes, and what is not known of it. */
export function velocityOpening(rows: Rows, people: Rows | null): Opening {
  const nothing = nothingEnded(rows.get("stage_coding"), people !== null);
  if (nothing !== null) return nothing;
  const pickup = rows.get("stage_pickup");
  const wait = figureOf(pickup);
  const total = figureOf(rows.get("cycle_time_total"));
  if (wait === null && total === null) {
    return {
      headline: ["How long pull requests take is not known here."],
      lede: [
        "A clone does not tell when a pull request was opened, reviewed or deployed.",
        "Connect the GitHub account to read reviews and deployments, or widen the filters.",
      ],
    };
  }
  const whose = people === null ? "Pull requests" : "Pull requests by agents";
  return {
    headline: [
      ...(wait === null ? [] : [`${whose} wait `, wait, " for a first review"]),
      ...(total === null ? [] : [wait === null ? `${whose} take ` : " and take ", total, " to production"]),
      ", at the median.",
    ],
    lede: [...besidePeople(wait, people), ...unknownSentence(rows)],
  };
}

function besidePeople(wait: Segment | null, people: Rows | null): string[] {
  const theirs = people?.get("stage_pickup");
  if (wait === null || theirs?.value == null) return [];
  return [`Those by people wait ${formatMetricValue(SECONDS, theirs.value)}.`];
}

function unknownSentence(rows: Rows): string[] {
  const unreviewed = rows.get("stage_pickup")?.excluded.not_reviewed ?? 0;
  const undeployed = rows.get("cycle_time_total")?.excluded.unknown_deployment ?? 0;
  return [
    ...(unreviewed > 0
      ? [
          `${formatQuantity(unreviewed, "pull request")} without a known review by a person ${unreviewed === 1 ? "has" : "have"} no wait.`,
        ]
      : []),
    ...(undeployed > 0
      ? [
          `Of ${formatCount(undeployed)} no deployment is told, so ${undeployed === 1 ? "it is" : "they are"} not in the time to production.`,
        ]
      : []),
  ];
}
