import { z } from "zod";
import { SEVERITIES } from "@/lib/core/dimensions";
import { CHECKS } from "@/lib/core/policy";
import { checkCompliance, complianceRate, overallState, reviewTimeliness } from "@/lib/governance/engine/compliance";
import {
  ENOUGH_EVIDENCE,
  enoughAt,
  enoughLookedAtOnce,
  evidenceAbove,
  evidenceBelow,
  upperBound,
} from "@/lib/governance/engine/evidence";
import { adviseGraduation } from "@/lib/governance/engine/graduation";
import { wilsonInterval } from "@/lib/metrics/statistics/wilson";

const decisionInputs = z.object({
  severity: z.enum(SEVERITIES),
  category: z.string(),
  sev1_or_security_incident_90d: z.boolean(),
  gates_configured: z.boolean(),
  n: z.number(),
  k: z.number(),
  span_days: z.number(),
  distinct_delegators: z.number(),
  tau: z.number().nullable(),
  shadow_n: z.number(),
  shadow_k: z.number(),
  tau_shadow: z.number(),
  auto_merge_on: z.boolean(),
});

function decision(inputs: unknown) {
  const parsed = decisionInputs.parse(inputs);
  return adviseGraduation({
    severity: parsed.severity,
    isUnclassified: parsed.category === "unclassified",
    hasGraveIncident: parsed.sev1_or_security_incident_90d,
    gatesReport: parsed.gates_configured,
    ceiling: parsed.tau,
    n: parsed.n,
    k: parsed.k,
    spanDays: parsed.span_days,
    delegators: parsed.distinct_delegators,
    shadow: { n: parsed.shadow_n, k: parsed.shadow_k, ceiling: parsed.tau_shadow },
    autoMerge: parsed.auto_merge_on,
  });
}

const instant = z.iso.datetime().transform((text) => new Date(text));
const complianceInputs = z.union([
  z.object({
    timeout_hours: z.number(),
    as_of: instant,
    prs: z.array(z.object({ id: z.number(), ready: instant, first_review: instant.nullable() })),
  }),
  z.object({
    prs: z.array(
      z.object({
        id: z.number(),
        category: z.string(),
        severity: z.enum(SEVERITIES),
        sensitive: z.boolean().nullable(),
        approvals: z.number().nullable(),
        auto: z.boolean().nullable(),
        gates_ok: z.boolean().nullable(),
        security_team: z.boolean().nullish(),
      }),
    ),
  }),
]);

/** Kinds of work that the shipped policies make HIGH by name, and not because nobody has said otherwise. */
const EXPLICITLY_HIGH: ReadonlySet<string> = new Set(["security_critical", "cross_module_refactor"]);

function compliance(inputs: unknown) {
  const parsed = complianceInputs.parse(inputs);
  if ("as_of" in parsed) {
    const told = parsed.prs.map(({ id, ready, first_review }) => ({
      id,
      state: reviewTimeliness({ readyAt: ready, firstReviewAt: first_review }, parsed.timeout_hours, parsed.as_of),
    }));
    const those = (wanted: string) => told.filter(({ state }) => state === wanted).map(({ id }) => id);
    const [within, breach] = [those("within"), those("breach")];
    return {
      within,
      breach,
      pending: those("pending"),
      rate_within: wilsonInterval(within.length, within.length + breach.length)?.p ?? null,
    };
  }
  const told = parsed.prs.map((pullRequest) => {
    const isUnclassified = pullRequest.category === "unclassified";
    const states = checkCompliance(
      {
        isUnclassified,
        isSensitive: pullRequest.sensitive,
        approvals: pullRequest.approvals,
        isUnreviewedOrAutoMerged: pullRequest.auto,
        gatesPassed: pullRequest.gates_ok,
        approvedBySecurityTeam: pullRequest.security_team ?? null,
      },
      {
        severity: pullRequest.severity,
        autoMerge: pullRequest.severity === "LOW",
        needsSecurityTeam: EXPLICITLY_HIGH.has(pullRequest.category),
      },
    );
    const said = (check: keyof typeof states) =>
      states[check] === "compliant" ? [] : [states[check] === "violation" ? check : `${check}:not_evaluable`];
    const atMerge = CHECKS.filter((check) => check !== "review_late");
    return { id: pullRequest.id, said: atMerge.flatMap(said), state: overallState(Object.values(states)) };
  });
  const rate = complianceRate(told.map(({ state }) => state));
  return {
    violations: Object.fromEntries(told.map(({ id, said }) => [String(id), said])),
    evaluable: rate.evaluable,
    compliant: rate.compliant,
    rate: rate.rate?.p ?? null,
    not_evaluable: rate.notEvaluable,
  };
}

/** Ceilings and failures of the published table. */
const CEILINGS = ["0.05", "0.08", "0.09", "0.1", "0.11"];
const FAILURES = [0, 1, 2, 3, 4, 5];

/** The golden groups of policies: raw inputs in, the expected shape out. */
export const governanceGroups: Record<string, (inputs: unknown) => unknown> = {
  graduation_evalue: (inputs) => {
    const { k, n, tau } = z.object({ k: z.number(), n: z.number(), tau: z.number() }).parse(inputs);
    return {
      e_graduate: evidenceBelow(k, n, tau),
      e_demote: evidenceAbove(k, n, tau),
      crosses_20: evidenceBelow(k, n, tau) >= ENOUGH_EVIDENCE,
      cp_upper_one_sided95: upperBound(k, n),
    };
  },
  graduation_table: () =>
    Object.fromEntries(
      CEILINGS.map((ceiling) => [
        ceiling,
        Object.fromEntries(
          FAILURES.map((k) => [
            String(k),
            {
              anytime_valid_e20: enoughAt(k, Number(ceiling)),
              fixed_n_clopper_pearson: enoughLookedAtOnce(k, Number(ceiling)),
            },
          ]),
        ),
      ]),
    ),
  graduation_decision: decision,
  compliance,
};
