import { seedOf } from "@/lib/core/random";
import { dayOf } from "@/lib/core/zoned-time";
import { type Filters, type MetricsQuery, metricsQuerySchema } from "@/lib/metrics/schema";
import { differenceInDifferences, type TeamChange } from "@/lib/metrics/statistics/difference-in-differences";
import { studentQuantile } from "@/lib/metrics/statistics/student-quantile";
import type { MetricRow, MetricsResponse } from "@/lib/metrics/types";
import { EVERYBODY, FEWEST_FOR_SIGNIFICANCE, POWER, type Scale, scaleOf } from "./scale";
import type { EffectAnswer, TeamEffect, Wave } from "./types";

const FEWEST_TEAMS = 3;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const valuesByTeam = (rows: readonly MetricRow[]): Map<string, number | null> =>
  new Map(rows.map(({ group, value }) => [group.team ?? "", value]));

/** Both arms for each week, and treated less control, less what they differed by on average before. */
function weekByWeek(
  rows: readonly MetricRow[],
  { before, control, treated }: Wave,
  scale: Scale,
  timeZone: string,
): EffectAnswer["weeks"] {
  const byWeek = new Map<string, Map<string, number>>();
  for (const { bucket, group, value } of rows) {
    const scaled = scale.to(value);
    const week = dayOf(bucket ?? "", timeZone);
    const teams = byWeek.get(week) ?? new Map<string, number>();
    byWeek.set(week, teams);
    if (scaled !== null) teams.set(group.team ?? "", scaled);
  }
  const weeks = [...byWeek]
    .map(([week, teams]) => {
      const meanOf = (arm: readonly string[]): number | null => {
        const known = arm.flatMap((team) => teams.get(team) ?? []);
        return known.length === arm.length ? mean(known) : null;
      };
      const [own, other] = [meanOf(treated), meanOf(control)];
      const gap = own === null || other === null ? null : own - other;
      return { week, own, other, gap, isBefore: week < (before?.to ?? "") };
    })
    .sort((a, b) => (a.week < b.week ? -1 : 1));
  const base = mean(weeks.flatMap(({ gap, isBefore }) => (isBefore && gap !== null ? gap : [])));
  const back = (value: number | null) => (value === null || Number.isNaN(value) ? null : scale.from(value));
  return weeks.map(({ gap, isBefore, other, own, week }) => ({
    week,
    isBefore,
    treated: back(own),
    control: back(other),
    difference: back(gap === null ? null : gap - base),
  }));
}

interface Sides {
  treated: TeamChange[];
  control: TeamChange[];
}

/** Before and after of the teams of each arm of which both are known. */
function sidesOf(teams: readonly TeamEffect[], scale: Scale): Sides {
  const changesOf = (arm: TeamEffect["arm"]) =>
    teams.flatMap((one): TeamChange[] => {
      const [before, after] = [scale.to(one.before), scale.to(one.after)];
      return one.arm !== arm || before === null || after === null ? [] : [{ before, after }];
    });
  return { treated: changesOf("treated"), control: changesOf("control") };
}

function effectOf({ control, treated }: Sides, scale: Scale, seed: number): EffectAnswer["effect"] {
  const found = differenceInDifferences(treated, control, seed);
  if (found === null) return null;
  const { df, estimate, hi, lo, permutation, relative, se, smallestP, t975 } = found;
  return {
    estimate: scale.from(estimate),
    lo: scale.from(lo),
    hi: scale.from(hi),
    relative: scale.isRatio ? scale.from(estimate) - 1 : relative,
    p: permutation.p,
    isExact: permutation.isExact,
    smallestP,
    mayBeSignificant: Math.min(treated.length, control.length) >= FEWEST_FOR_SIGNIFICANCE,
    detectable: scale.from((t975 + studentQuantile(POWER, df)) * se),
    treated: treated.length,
    control: control.length,
  };
}

interface EffectInput {
  metric: string;
  wave: Wave;
  filters: Filters;
  timeZone: string;
  ask: (query: MetricsQuery) => MetricsResponse;
}

/**
 * What came of a wave beyond what changed anyway (metrics.md 2.10): each team's change of a metric, that of those who began
 * less that of those who had not yet.
 */
export function effectOfWave({ ask, filters, metric, timeZone, wave }: EffectInput): EffectAnswer {
  const scale = scaleOf(metric);
  const nothing = { metric, wave, isRatio: scale.isRatio, teams: [], effect: null, weeks: [] };
  const { after, before } = wave;
  if (before === null || after === null) return { ...nothing, reason: wave.reason };
  const narrowed = { ...filters, team: [...wave.treated, ...wave.control], authorKind: [...EVERYBODY] };
  const question = (period: { from: string; to: string }, grain: "week" | null) =>
    metricsQuerySchema.parse({
      metrics: [metric],
      ...period,
      grain,
      timeZone,
      groupBy: ["team"],
      filters: narrowed,
    });
  const [earlier = [], later = [], weekly = []] = [
    question(before, null),
    question(after, null),
    question({ from: before.from, to: after.to }, "week"),
  ].map((query) => ask(query).results[0]?.rows ?? []);
  const [valuesBefore, valuesAfter] = [valuesByTeam(earlier), valuesByTeam(later)];
  const teams = (["treated", "control"] as const).flatMap((arm) =>
    wave[arm].map(
      (team): TeamEffect => ({
        team,
        arm,
        before: valuesBefore.get(team) ?? null,
        after: valuesAfter.get(team) ?? null,
      }),
    ),
  );
  const sides = sidesOf(teams, scale);
  const weeks = weekByWeek(weekly, wave, scale, timeZone);
  const answer = { ...nothing, teams, weeks };
  if (Math.min(sides.treated.length, sides.control.length) < FEWEST_TEAMS) {
    const reason = `only ${sides.treated.length} of the teams that began and ${sides.control.length} of those that had not have both a before and an after`;
    return { ...answer, reason };
  }
  const effect = effectOf(sides, scale, seedOf(JSON.stringify([metric, wave])));
  return { ...answer, effect, reason: effect === null ? "every team changed by the same" : null };
}
