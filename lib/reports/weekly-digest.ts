import { env } from "@/lib/core/env";
import { formatCount, formatDateRange, formatHours, formatPercent, formatPercentInterval } from "@/lib/core/format";
import { addDays, dayOf, startOfDay } from "@/lib/core/zoned-time";
import { listRollbacks } from "@/lib/metrics/explorer/rollbacks";
import { runMetricsQuery } from "@/lib/metrics/query";
import { findMetric } from "@/lib/metrics/registry";
import { metricsQuerySchema } from "@/lib/metrics/schema";
import type { MetricRow } from "@/lib/metrics/types";
import { type Message, pageOf, type Subject } from "./message";

/** What a week is told by. */
const OF_THE_WEEK = [
  "agent_prs_merged",
  "ai_share_prs",
  "first_pass_yield",
  "pr_rework_rate",
  "rollback_rate_24h",
] as const;
/** A week is too young for it: it is told of the four before. */
const OF_WEEKS_BEFORE = "rollback_rate_7d";
const WEEKS_BEFORE_DAYS = 28;
const MOST_ROLLBACKS = 5;

const noon = (day: string) => `${day}T12:00:00Z`;

function valueText(id: string, value: number): string {
  switch (findMetric(id)?.descriptor.unit) {
    case "proportion":
      return formatPercent(value);
    case "seconds":
      return formatHours(value / 3600);
    default:
      return formatCount(value);
  }
}

function lineOf(id: string, row: MetricRow | undefined, title = findMetric(id)?.descriptor.shortTitle ?? id): string {
  if (row === undefined || row.value === null) return `${title}: not known, ${row?.reason ?? "nothing was merged"}`;
  const interval = row.lo === null || row.hi === null ? [] : [formatPercentInterval(row.lo, row.hi)];
  const n = row.n === null || findMetric(id)?.descriptor.unit !== "proportion" ? [] : [`n ${formatCount(row.n)}`];
  const rests = [...interval, ...n];
  const change = row.change?.value ?? null;
  const before = change === null ? "" : `; the week before ${valueText(id, row.value - change)}`;
  return `${title}: ${valueText(id, row.value)}${rests.length === 0 ? "" : ` (${rests.join(", ")})`}${before}`;
}

/** The week of a team or an organisation for those who lead it: what agents shipped, and what was taken back. */
export async function weeklyDigest(subject: Subject): Promise<Message> {
  const { firstDay, lastDay, org, scope, team } = subject;
  const { timeZone } = org;
  const start = (day: string) => startOfDay(day, timeZone).toISOString();
  const [from, to] = [start(firstDay), start(addDays(lastDay, 1))];
  const filters = { org: [org.slug], ...(team !== null && { team: [team.slug] }) };
  const ask = async (metrics: readonly string[], period: { from: string; to: string }, compare: "previous" | null) =>
    runMetricsQuery(scope, metricsQuerySchema.parse({ ...period, metrics, timeZone, filters, compare }));
  const week = await ask(OF_THE_WEEK, { from, to }, "previous");
  const days = formatDateRange(noon(firstDay), noon(lastDay), "UTC");
  const about = {
    subject: `${team === null ? org.name : `${team.name}, ${org.name}`}: what agents shipped, ${days}`,
    link: { label: "Look at the week", href: pageOf("/overview", subject) },
    files: [],
  };
  const reach = week.asOf === null ? "there are none yet" : `they reach to ${dayOf(week.asOf, timeZone)}`;
  if (week.asOf === null || week.asOf <= from)
    return { ...about, parts: [{ text: `Nothing is known of this week: no data have come of it, ${reach}.` }] };
  const before = await ask([OF_WEEKS_BEFORE], { from: start(addDays(firstDay, -WEEKS_BEFORE_DAYS)), to: from }, null);
  const rowOf = (id: string) => week.results.find(({ metric }) => metric === id)?.rows[0];
  const rollbacks = await listRollbacks(scope, {
    from,
    to,
    timeZone,
    ...filters,
    by: "revert",
    kind: ["revert"],
    sort: "-revertedAt",
    limit: MOST_ROLLBACKS,
  });
  const late = week.asOf < to ? [{ text: `This week is not whole: of its data ${reach}.` }] : [];
  return {
    ...about,
    parts: [
      {
        list: [
          ...OF_THE_WEEK.map((id) => ({ text: lineOf(id, rowOf(id)), href: null })),
          {
            text: lineOf(
              OF_WEEKS_BEFORE,
              before.results[0]?.rows[0],
              "Rolled back within 7 days, of the four weeks before",
            ),
            href: null,
          },
        ],
      },
      ...(rollbacks.total === 0
        ? [{ text: week.asOf < to ? "Nothing of it was taken back so far." : "Nothing was taken back." }]
        : [
            {
              text: `Taken back: ${formatCount(rollbacks.total)}${rollbacks.total > MOST_ROLLBACKS ? ", the latest" : ""}`,
            },
            {
              list: rollbacks.items.map(({ pullRequest, repo, revert }) => ({
                text: `${repo}: ${pullRequest?.title ?? revert.title}`,
                href: pullRequest?.id == null ? null : `${env().appUrl}/pull-requests/${pullRequest.id}`,
              })),
            },
          ]),
      ...late,
    ],
  };
}
