import { z } from "zod";
import { aalenJohansen } from "@/lib/metrics/statistics/aalen-johansen";
import { clopperPearson } from "@/lib/metrics/statistics/clopper-pearson";
import { differenceInDifferences, relativeEffect } from "@/lib/metrics/statistics/difference-in-differences";
import { shrinkRates } from "@/lib/metrics/statistics/empirical-bayes";
import { garwoodInterval } from "@/lib/metrics/statistics/garwood";
import { kaplanMeier, medianSurvival, stepAt } from "@/lib/metrics/statistics/kaplan-meier";
import { medianInterval } from "@/lib/metrics/statistics/median-interval";
import { newcombeDifference } from "@/lib/metrics/statistics/newcombe";
import { percentileCont } from "@/lib/metrics/statistics/percentile";
import { smallestPossibleP } from "@/lib/metrics/statistics/permutation-test";
import { standardise } from "@/lib/metrics/statistics/standardise";
import { wilsonInterval } from "@/lib/metrics/statistics/wilson";

const pair = z.tuple([z.number(), z.number()]);
const values = z.array(z.number());
const count = z.object({ k: z.number(), n: z.number() });
const stratum = z.record(z.string(), count);

const survivalSteps = (rows: readonly (readonly [number, number])[]) =>
  kaplanMeier(rows.map(([time, event]) => ({ time, event: event === 1 })));

/** The golden groups of the statistics: raw inputs in, the expected shape out. */
export const statisticsGroups: Record<string, (inputs: unknown) => unknown> = {
  wilson95: (inputs) => {
    const { k, n, z: quantile } = count.extend({ z: z.number().optional() }).parse(inputs);
    return wilsonInterval(k, n, quantile);
  },

  clopper_pearson: (inputs) => {
    const { k, n, alpha } = count.extend({ alpha: z.number() }).parse(inputs);
    const bounds = clopperPearson(k, n, alpha);
    return (
      bounds && {
        two_sided: [bounds.twoSided.lo, bounds.twoSided.hi],
        upper_one_sided95: bounds.upper,
        lower_one_sided95: bounds.lower,
      }
    );
  },

  newcombe_diff: (inputs) => {
    const { k1, n1, k2, n2 } = z
      .object({ k1: z.number(), n1: z.number(), k2: z.number(), n2: z.number() })
      .parse(inputs);
    return newcombeDifference(k1, n1, k2, n2);
  },

  poisson_density: (inputs) => {
    const { events, kloc, alpha } = z.object({ events: z.number(), kloc: z.number(), alpha: z.number() }).parse(inputs);
    return garwoodInterval(events, kloc, alpha);
  },

  percentile_cont: (inputs) => {
    const { values: list, fractions } = z.object({ values, fractions: values }).parse(inputs);
    return percentileCont(list, fractions);
  },

  median_ci: (inputs) => {
    const { values: list, conf } = z.object({ values, conf: z.number().optional() }).parse(inputs);
    const interval = medianInterval(list, conf);
    return interval && { ...interval, rank_lo: interval.rankLo, rank_hi: interval.rankHi };
  },

  kaplan_meier: (inputs) => {
    const { rows, at } = z.object({ rows: z.array(pair), at: values }).parse(inputs);
    const steps = survivalSteps(rows);
    const answer: Record<string, unknown> = { surv: at.map((time) => stepAt(steps, time)?.survival ?? 1) };
    for (const time of at) {
      const step = stepAt(steps, time);
      answer[`cum_incidence_at_${time}`] = 1 - (step?.survival ?? 1);
      answer[`greenwood_var_S${time}`] = step?.variance ?? 0;
      answer[`loglog95_S${time}`] = step === null ? [1, 1] : [step.lo, step.hi];
    }
    return answer;
  },

  fdrt: (inputs) => {
    const { hours } = z.object({ hours: z.array(pair) }).parse(inputs);
    const steps = survivalSteps(hours);
    const resolved = hours.flatMap(([time, event]) => (event === 1 ? [time] : []));
    return {
      km_median_hours: medianSurvival(steps),
      wrong_resolved_only_median: percentileCont(resolved, [0.5])?.[0],
      km_surv: steps.map(({ survival }) => survival),
    };
  },

  aalen_johansen: (inputs) => {
    const { rows, at } = z.object({ rows: z.array(pair), at: z.number() }).parse(inputs);
    const observations = rows.map(([time, cause]) => ({ time, cause: cause === 0 ? null : String(cause) }));
    const { byCause, survival } = aalenJohansen(observations, at);
    const answer: Record<string, unknown> = { surv: survival };
    for (const [cause, incidence] of byCause) {
      answer[`cif_${cause}`] = incidence;
      const naive = rows.map(([time, other]): [number, number] => [time, String(other) === cause ? 1 : 0]);
      answer[`one_minus_km_cause${cause}_naive`] = 1 - (stepAt(survivalSteps(naive), at)?.survival ?? 1);
    }
    return answer;
  },

  empirical_bayes: (inputs) => {
    const { groups } = z.object({ groups: z.array(count.extend({ team: z.string() })) }).parse(inputs);
    const shrinkage = shrinkRates(groups);
    if (shrinkage === null) return null;
    const { pooled, priorStrength, rates, rho } = shrinkage;
    const byTeam = <Value>(pick: (index: number) => Value) =>
      Object.fromEntries(groups.map(({ team }, index) => [team, pick(index)]));
    return {
      pooled,
      rho,
      prior_strength_M: priorStrength,
      alpha: priorStrength === null ? null : pooled * priorStrength,
      beta: priorStrength === null ? null : (1 - pooled) * priorStrength,
      shrunk: byTeam((index) => rates[index]?.rate),
      cred95: byTeam((index) => {
        const interval = rates[index]?.interval;
        return interval && [interval.lo, interval.hi];
      }),
    };
  },

  standardised_rate: (inputs) => {
    const { strata } = z.object({ strata: z.object({ agent: stratum, human: stratum }) }).parse(inputs);
    const none = { k: 0, n: 0 };
    const keys = [...new Set([...Object.keys(strata.agent), ...Object.keys(strata.human)])];
    const result = standardise(
      keys.map((key) => ({ key, first: strata.agent[key] ?? none, second: strata.human[key] ?? none })),
    );
    const crude = (arm: z.infer<typeof stratum>) => {
      const counts = Object.values(arm);
      return counts.reduce((sum, { k }) => sum + k, 0) / counts.reduce((sum, { n }) => sum + n, 0);
    };
    return (
      result && {
        crude: { agent: crude(strata.agent), human: crude(strata.human) },
        weights: Object.fromEntries(result.weights),
        standardised: { agent: result.first.rate, human: result.second.rate },
        ratio_agent_human: result.ratio,
      }
    );
  },

  did: (inputs) => {
    const team = z.object({ pre: z.number(), post: z.number() });
    const given = z
      .union([
        z.object({ treated: team, control: team }),
        z.object({ delta_treated: z.array(z.number()), delta_control: z.array(z.number()) }),
      ])
      .parse(inputs);
    if ("treated" in given) {
      const { control, treated } = given;
      const changeOf = ({ post, pre }: typeof treated) => ({ before: pre, after: post });
      const relative = relativeEffect(changeOf(treated), changeOf(control));
      return {
        naive_before_after_pct: (treated.post / treated.pre - 1) * 100,
        did: treated.post - treated.pre - (control.post - control.pre),
        did_pct_of_counterfactual: relative === null ? null : relative * 100,
      };
    }
    const changesOf = (deltas: readonly number[]) => deltas.map((after) => ({ before: 0, after }));
    const effect = differenceInDifferences(changesOf(given.delta_treated), changesOf(given.delta_control), 1);
    return (
      effect && {
        did: effect.estimate,
        se: effect.se,
        df_welch: effect.df,
        t975: effect.t975,
        ci95: [effect.lo, effect.hi],
        perm_n: effect.permutation.tried,
        perm_p_two_sided: effect.permutation.p,
        smallest_possible_p_3v3: smallestPossibleP(3, 3),
        smallest_possible_p_4v4: smallestPossibleP(4, 4),
      }
    );
  },
};
