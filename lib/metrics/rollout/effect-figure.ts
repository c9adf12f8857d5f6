import { dayOf } from "@/lib/core/zoned-time";
import type { FactView } from "@/lib/metrics/columns/store";
import type { MetricsQuery } from "@/lib/metrics/schema";
import type { MetricRow, MetricsResponse } from "@/lib/metrics/types";
import { effectOfWave } from "./effect";
import { planFrom } from "./plan";

/** What a row says of the effect of a rollout: a value and its limits, or why there is none. */
export type EffectRow = Pick<MetricRow, "value" | "lo" | "hi" | "method" | "n" | "reason" | "effect">;

const WITHOUT = { value: null, lo: null, hi: null, method: "none", n: null };

/**
 * The effect of the last wave of teams whose comparison is over by an instant.
 * @param org slug; undefined: all that is selected
 * @param until milliseconds
 */
export function effectFigure(
  { ask, query, view }: { ask: (query: MetricsQuery) => MetricsResponse; query: MetricsQuery; view: FactView },
  metric: string,
  { org, until }: { org: string | undefined; until: number },
): EffectRow {
  const filters = org === undefined ? query.filters : { ...query.filters, org: [org] };
  const plan = planFrom(view, filters);
  if (plan === null) return { ...WITHOUT, reason: "no data: no repository that is selected here has been imported" };
  const last = dayOf(new Date(until), plan.timeZone);
  const begun = plan.waves.filter(({ from }) => from <= last);
  const wave = begun.findLast(({ after }) => after !== null && after.to <= last) ?? begun.at(-1);
  if (wave === undefined) {
    return { ...WITHOUT, reason: "nobody has entered which teams began with agents by then" };
  }
  const { effect, reason } = effectOfWave({ metric, wave, filters, timeZone: plan.timeZone, ask });
  if (effect === null) return { ...WITHOUT, reason: reason ?? "the teams cannot be compared" };
  const { control, estimate, hi, lo, mayBeSignificant, p, relative, smallestP, treated } = effect;
  return {
    value: estimate,
    lo,
    hi,
    method: "welch",
    n: treated + control,
    effect: { wave: wave.from, treated, control, relative, p, smallestP, mayBeSignificant },
  };
}
