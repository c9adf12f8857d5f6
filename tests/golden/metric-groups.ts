import { z } from "zod";
import { AUTHOR_KINDS, type AuthorKind, DAY_SECONDS } from "@/lib/core/dimensions";
import { garwoodInterval } from "@/lib/metrics/statistics/garwood";
import { kaplanMeier, stepAt } from "@/lib/metrics/statistics/kaplan-meier";
import { wilsonInterval } from "@/lib/metrics/statistics/wilson";
import { fleetGroup } from "./fleet-group";

const perKind = z.partialRecord(z.enum(AUTHOR_KINDS), z.number());

/** The inputs of the group `ai_share`. */
export const aiShareInputs = z.object({ merged: perKind, lines: perKind });

/** The inputs of the group `rollback_rate`. */
export const rollbackRateInputs = z.object({
  as_of: z.iso.datetime({ offset: true }),
  settle_hours: z.number(),
  prs: z.array(
    z.object({
      id: z.number(),
      merged_at: z.iso.datetime({ offset: true }),
      rolled_back_at: z.iso.datetime({ offset: true }).nullable(),
    }),
  ),
});

/** Seconds to rollback and seconds that each pull request has been watched, both from its merge. */
function followUp(inputs: unknown) {
  const { as_of, prs, settle_hours } = rollbackRateInputs.parse(inputs);
  const end = Date.parse(as_of) - settle_hours * 3_600_000;
  return prs.map(({ merged_at, rolled_back_at }) => ({
    watched: (end - Date.parse(merged_at)) / 1000,
    rolledBack: rolled_back_at === null ? null : (Date.parse(rolled_back_at) - Date.parse(merged_at)) / 1000,
  }));
}

type FollowUp = ReturnType<typeof followUp>;

function rateWithin(prs: FollowUp, window: number) {
  const mature = prs.filter(({ watched }) => watched >= window);
  const k = mature.filter(({ rolledBack }) => rolledBack !== null && rolledBack <= window).length;
  const interval = wilsonInterval(k, mature.length);
  return { n: mature.length, k, rate: interval?.p ?? null, wilson95: interval && [interval.lo, interval.hi] };
}

function incidenceAt(prs: FollowUp, window: number): number {
  const steps = kaplanMeier(
    prs.map(({ rolledBack, watched }) => {
      const event = rolledBack !== null && rolledBack <= watched;
      return { time: event ? rolledBack : watched, event };
    }),
  );
  return 1 - (stepAt(steps, window)?.survival ?? 1);
}

const shareOfKinds = (counts: Partial<Record<AuthorKind, number>>, kinds: readonly AuthorKind[]) => {
  const sum = (list: readonly AuthorKind[]) => list.reduce((total, kind) => total + (counts[kind] ?? 0), 0);
  return wilsonInterval(sum(kinds), sum(["agent", "assisted", "human"]))?.p ?? null;
};

/** Golden groups of metrics whose rule, not only whose arithmetic, is fixed. */
export const metricGroups: Record<string, (inputs: unknown) => unknown> = {
  fleet: fleetGroup,

  rollback_rate: (inputs) => {
    const prs = followUp(inputs);
    const week = 7 * DAY_SECONDS;
    const within = prs.filter(({ rolledBack }) => rolledBack !== null && rolledBack <= week);
    const mature = prs.filter(({ watched }) => watched >= week);
    return {
      r24h: rateWithin(prs, DAY_SECONDS),
      r7d: rateWithin(prs, week),
      // What a naive reading gives, so that the trap stays visible: everything below the line, or early failures kept.
      wrong_all_denominator: within.length / prs.length,
      wrong_early_events_only: within.length / (mature.length + within.filter((pr) => !mature.includes(pr)).length),
      km_7d_provisional: incidenceAt(prs, week),
      km_7d_on_mature_only: incidenceAt(mature, week),
    };
  },

  ai_share: (inputs) => {
    const { lines, merged } = aiShareInputs.parse(inputs);
    return {
      ai_share_prs: shareOfKinds(merged, ["agent", "assisted"]),
      agent_only_share_prs: shareOfKinds(merged, ["agent"]),
      ai_share_lines: shareOfKinds(lines, ["agent", "assisted"]),
    };
  },

  velocity: (inputs) => {
    const { engineer_weeks, features } = z.object({ features: z.number(), engineer_weeks: z.number() }).parse(inputs);
    const interval = garwoodInterval(features, engineer_weeks);
    return interval && { rate: interval.rate, garwood95: [interval.lo, interval.hi] };
  },
};
