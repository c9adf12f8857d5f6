import type { OracleFact } from "./metrics-oracle";
import { percentileOf } from "./metrics-oracle";

const DAY = 86_400;

/** What a metric of how pull requests went has to say, straight from its definition. */
export interface CourseOracle {
  agentsOnly: boolean;
  countsClosed: boolean;
  known: (fact: OracleFact) => boolean;
  unknown: string;
  /** What it is about, where that is not every pull request. */
  among?: (fact: OracleFact) => boolean;
  answer: (
    measured: readonly OracleFact[],
    passes: (fact: OracleFact) => boolean,
  ) => { k: number | null; value: number | null; n?: number };
}

type Numbers = OracleFact["course"];
const has =
  (...names: (keyof Numbers)[]) =>
  ({ course }: OracleFact) =>
    names.every((name) => course[name] !== null && course[name] !== undefined);

function share(
  counts: (fact: OracleFact) => boolean,
  { countsClosed = false, known = () => true, unknown = "" }: Partial<Omit<CourseOracle, "answer">> = {},
): CourseOracle {
  return {
    agentsOnly: true,
    countsClosed,
    known,
    unknown,
    answer: (measured) => {
      const k = measured.filter(counts).length;
      return { k, value: measured.length === 0 ? null : k / measured.length };
    },
  };
}

function median(name: keyof Numbers, unknown: string, agentsOnly = false): CourseOracle {
  return {
    agentsOnly,
    countsClosed: false,
    known: has(name),
    unknown,
    answer: (measured) => ({
      k: null,
      value: percentileOf(
        measured.map(({ course }) => course[name] ?? 0),
        0.5,
      ),
    }),
  };
}

/** Kaplan and Meier by redistributing to the right: the weight of what was lost to sight goes to those that were watched longer. */
function survival(lead: keyof Numbers | null, watched: keyof Numbers, unknown: string): CourseOracle {
  return {
    agentsOnly: false,
    countsClosed: false,
    known: lead === null ? has(watched) : has(watched, lead),
    unknown,
    answer: (measured) => {
      const seen = measured.map(({ completeTo, course, mergedAt }) => {
        const watched = Math.max(0, Math.floor((Date.parse(completeTo) - Date.parse(mergedAt)) / 1000));
        const happened = course.deploy_seconds ?? null;
        const isEvent = happened !== null && happened <= watched;
        const before = lead === null ? 0 : (course[lead] ?? 0);
        return { time: before + (isEvent ? happened : watched), isEvent };
      });
      seen.sort((a, b) => a.time - b.time || Number(b.isEvent) - Number(a.isEvent));
      const weights = seen.map(() => 1 / seen.length);
      let gone = 0;
      for (const [index, { isEvent, time }] of seen.entries()) {
        const weight = weights[index] ?? 0;
        if (isEvent) gone += weight;
        else {
          const rest = seen.length - index - 1;
          for (let later = index + 1; later < seen.length; later += 1)
            weights[later] = (weights[later] ?? 0) + weight / rest;
        }
        const isLast = seen[index + 1]?.time !== time || seen[index + 1]?.isEvent !== isEvent;
        if (isEvent && isLast && gone >= 0.5 - 1e-9) return { k: null, value: time };
      }
      return { k: null, value: null };
    },
  };
}

function density(name: keyof Numbers): CourseOracle {
  return {
    agentsOnly: false,
    countsClosed: false,
    known: (fact) => has(name)(fact) && fact.effectiveLines !== null && fact.effectiveLines <= 10_000,
    unknown: "unknown_defects",
    answer: (measured) => {
      const found = measured.reduce((sum, { course }) => sum + (course[name] ?? 0), 0);
      const lines = measured.reduce((sum, { effectiveLines }) => sum + (effectiveLines ?? 0), 0);
      return { k: found, value: lines === 0 ? null : (found * 1000) / lines };
    },
  };
}

/** The share that some things are of others, summed over pull requests. */
function sumShare(name: keyof Numbers, of: keyof Numbers, unknown: string, counts: boolean): CourseOracle {
  return {
    agentsOnly: false,
    countsClosed: false,
    known: has(name, of),
    unknown,
    answer: (measured) => {
      const sum = (column: keyof Numbers) => measured.reduce((total, { course }) => total + (course[column] ?? 0), 0);
      const value = sum(of) === 0 ? null : sum(name) / sum(of);
      return counts ? { k: sum(name), n: sum(of), value } : { k: null, value };
    },
  };
}

function hours(of: (total: number, n: number) => number): CourseOracle {
  return {
    agentsOnly: true,
    countsClosed: false,
    known: has("effort_seconds"),
    unknown: "unknown_reviews",
    answer: (measured) => {
      const total = measured.reduce((sum, { course }) => sum + (course.effort_seconds ?? 0), 0) / 3600;
      return { k: null, value: measured.length === 0 ? null : of(total, measured.length) };
    },
  };
}

const reviewed = { known: has("reworked"), unknown: "not_reviewed" };

/** null for a metric that is about something else. */
export function courseOracle(metric: string): CourseOracle | null {
  switch (metric) {
    case "production_debugging_rate_30d":
      return share(({ course }) => course.debugged_30d === 1, { known: has("debugged_30d"), unknown: "not_deployed" });
    case "failure_root_cause":
      return {
        agentsOnly: true,
        countsClosed: true,
        known: ({ course }) => (course.failure_cause ?? 0) > 0,
        unknown: "not_triaged",
        among: has("failure_cause"),
        answer: (measured, passes) => {
          const k = measured.filter(passes).length;
          return { k, value: measured.length === 0 ? null : k / measured.length };
        },
      };
    case "commits_per_day":
      return {
        agentsOnly: false,
        countsClosed: false,
        known: has("commits"),
        unknown: "unknown_commits",
        // How many days are worked is tried by itself: working-days.test.ts.
        answer: (measured) => ({
          k: measured.reduce((sum, { course }) => sum + (course.commits ?? 0), 0),
          value: null,
        }),
      };
    case "coverage_delta_pp": {
      const stored = median("coverage_delta", "unknown_coverage");
      return {
        ...stored,
        answer: (measured, passes) => {
          const { k, value } = stored.answer(measured, passes);
          return { k, value: value === null ? null : (value - 100_000) / 100 };
        },
      };
    }
    case "patch_coverage":
      return sumShare("patch_covered", "patch_coverable", "unknown_coverage", false);
    case "code_churn_21d":
      return sumShare("churned_21d", "churn_lines", "unknown_churn", false);
    case "code_churn_14d":
      return sumShare("churned_14d", "churn_lines", "unknown_churn", false);
    case "pre_merge_catch_rate":
      return sumShare("caught", "caught_or_found", "not_caught_anywhere", true);
    case "attribution_strong_share":
      return {
        ...share(
          ({ confidence = "strong", kind }) =>
            (kind === "agent" || kind === "assisted") && (confidence === "certain" || confidence === "strong"),
        ),
        agentsOnly: false,
      };
    case "attribution_weak_share":
      return {
        ...share(({ confidence, kind }) => (kind === "agent" || kind === "assisted") && confidence === "weak"),
        agentsOnly: false,
      };
    case "compliance_rate":
      return share(({ course }) => course.violations === 0, { known: has("violations"), unknown: "not_evaluable" });
    case "sast_findings_density":
      return { ...density("findings"), unknown: "not_scanned" };
    case "stage_coding":
      return median("coding_seconds", "unknown_flow");
    case "stage_pickup":
      return median("pickup_seconds", "not_reviewed");
    case "stage_review":
      return median("review_seconds", "not_reviewed");
    case "stage_merge":
      return median("merge_seconds", "unknown_flow");
    case "fix_loop_rounds":
      return median("review_rounds", "not_reviewed", true);
    case "review_hours":
      return { ...hours((total) => total), countsClosed: true };
    case "review_hours_per_pr":
      return hours((total, n) => total / n);
    case "merge_to_deploy":
      return survival(null, "deploy_watched", "unknown_deployment");
    case "cycle_time_total":
      return survival("cycle_seconds", "deploy_watched", "unknown_deployment");
    case "fix_cycle_time":
      return survival("cycle_seconds", "fix_watched", "no_defect_fixed");
    case "unreviewed_merge_rate":
      return share(({ course }) => course.human_reviews === 0, {
        known: has("human_reviews"),
        unknown: "unknown_reviews",
      });
    case "auto_merge_rate":
      return share(({ course }) => course.auto_merged === 1, { known: has("auto_merged"), unknown: "unknown_merger" });
    case "acceptance_rate":
      return share(({ closed }) => !closed, { countsClosed: true, known: has("intervened"), unknown: "unknown_flow" });
    case "human_intervention_rate":
      return share(
        ({ closed, course, rollbackSeconds }) =>
          course.intervened === 1 || (!closed && rollbackSeconds !== null && rollbackSeconds <= 7 * DAY),
        { countsClosed: true, known: has("intervened"), unknown: "unknown_reviews" },
      );
    case "pr_rework_rate":
      return share(({ course }) => course.reworked === 1, reviewed);
    case "first_pass_yield":
      return share(({ closed, course }) => !closed && course.reworked === 0, { ...reviewed, countsClosed: true });
    case "rejection_rate":
      return share(({ closed }) => closed, { ...reviewed, countsClosed: true });
    case "post_merge_rework_rate_21d":
      return share(({ course }) => (course.undone_seconds ?? Number.POSITIVE_INFINITY) <= 21 * DAY);
    case "defect_density_30d":
      return density("defects_30d");
    case "defect_density_90d":
      return density("defects_90d");
    case "defect_density_30d_inferred":
      return { ...density("all_defects_30d"), unknown: "not_traced" };
    case "defect_density_90d_inferred":
      return { ...density("all_defects_90d"), unknown: "not_traced" };
    case "security_density_90d":
      return density("security_90d");
    default:
      return null;
  }
}
