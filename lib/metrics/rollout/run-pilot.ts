import type { Scope } from "@/lib/auth/scope";
import { AppError } from "@/lib/core/errors";
import { addDays } from "@/lib/core/zoned-time";
import { openFacts } from "@/lib/metrics/columns/store";
import { answerFrom } from "@/lib/metrics/query";
import { metricsQuerySchema } from "@/lib/metrics/schema";
import { detectableEffect } from "@/lib/metrics/statistics/detectable-effect";
import { planFrom } from "./plan";
import { EVERYBODY, FEWEST_FOR_SIGNIFICANCE, POWER, scaleOf } from "./scale";
import type { PilotQuery } from "./schema";
import type { PilotAnswer } from "./types";

/**
 * What a pilot of some teams could show before it begins (metrics.md 2.10): the smallest effect on a metric that it would see
 * four times in five, from how much teams changed without one between the last two stretches of as many weeks.
 * @throws {AppError} `unprocessable` with the pointer of a team or filter that nothing is called
 */
export async function runPilot(scope: Scope, { filters, metric, teams, weeks }: PilotQuery): Promise<PilotAnswer> {
  const view = await openFacts(scope);
  const plan = planFrom(view, filters);
  const names = new Set(plan?.teams.map(({ team }) => team));
  const unknown = teams.findIndex((team) => !names.has(team));
  if (plan === null || unknown >= 0) {
    throw new AppError({
      code: "unprocessable",
      message: `No team that is selected is called "${teams[Math.max(0, unknown)]}".`,
      pointer: `/teams/${Math.max(0, unknown)}`,
    });
  }
  const scale = scaleOf(metric);
  const end = addDays(plan.span.lastDay, 1);
  const [middle, start] = [addDays(end, -weeks * 7), addDays(end, -weeks * 14)];
  const valuesIn = (from: string, to: string): Map<string, number> => {
    const query = metricsQuerySchema.parse({
      metrics: [metric],
      from,
      to,
      timeZone: plan.timeZone,
      groupBy: ["team"],
      filters: { ...filters, team: [...names], authorKind: [...EVERYBODY] },
    });
    const rows = answerFrom(view, query).results[0]?.rows ?? [];
    return new Map(
      rows.flatMap(({ group, value }) => {
        const scaled = scale.to(value);
        return scaled === null || group.team === undefined ? [] : [[group.team, scaled]];
      }),
    );
  };
  const [before, after] = [valuesIn(start, middle), valuesIn(middle, end)];
  const known = [...names].filter((team) => before.has(team) && after.has(team));
  const treated = known.filter((team) => teams.includes(team)).length;
  const control = known.length - treated;
  const nothing = { metric, weeks, from: start, to: end, isRatio: scale.isRatio, treated, control };
  const isTooEarly = start < plan.span.firstDay;
  const changes = known.map((team) => (after.get(team) as number) - (before.get(team) as number));
  const smallest = isTooEarly ? null : detectableEffect(changes, { treated, control }, POWER);
  if (smallest === null) {
    const reason = isTooEarly
      ? `the data hold less than ${2 * weeks} weeks`
      : Math.min(treated, control) < 2
        ? `${treated} of the teams of the pilot and ${control} of the others have figures of both stretches: it takes two of each`
        : "teams changed by the same, or too few have figures";
    return { ...nothing, detectable: null, relative: null, mayBeSignificant: false, reason };
  }
  const base = known.reduce((sum, team) => sum + (after.get(team) as number), 0) / known.length;
  const detectable = scale.from(smallest);
  return {
    ...nothing,
    detectable,
    relative: scale.isRatio ? detectable - 1 : base === 0 ? null : smallest / Math.abs(base),
    mayBeSignificant: Math.min(treated, control) >= FEWEST_FOR_SIGNIFICANCE,
    reason: null,
  };
}
