import { Decimal } from "@/lib/core/decimal";
import type { ModelInput } from "@/lib/metrics/money/types";
import type { InputKey } from "@/lib/roi/engine/inputs";
import type { ModelResult } from "@/lib/roi/engine/run-model";

type Inputs = Readonly<Record<InputKey, ModelInput>>;

/** One thing that a pull request brings or costs, and the inputs that it is worked out from. */
interface LineWords {
  label: string;
  of: (result: ModelResult) => Decimal;
  from: readonly InputKey[];
}

const BENEFITS: readonly LineWords[] = [
  {
    label: "Hours saved that count",
    of: ({ economics }) => economics.benefits.time,
    from: ["hoursSaved", "realisation", "developerRate"],
  },
  {
    label: "Review that a person’s would have taken",
    of: ({ economics }) => economics.benefits.review,
    from: ["humanReviewHours", "reviewerRate"],
  },
  {
    label: "Rework that a person’s would have taken",
    of: ({ economics }) => economics.benefits.rework,
    from: ["baselineReworkRate", "hoursPerRework", "developerRate"],
  },
  {
    label: "Rollbacks that a person’s would have had",
    of: ({ economics }) => economics.benefits.rollback,
    from: ["baselineRollbackRate", "hoursPerRollback", "developerRate", "incidentShare", "incidentCost"],
  },
];

const COSTS: readonly LineWords[] = [
  { label: "Models", of: ({ economics }) => economics.costs.api, from: ["apiCost"] },
  { label: "Checks", of: ({ economics }) => economics.costs.ci, from: ["ciCost"] },
  {
    label: "Review and delegation",
    of: ({ economics }) => economics.costs.review,
    from: ["oversightHours", "reviewerRate"],
  },
  {
    label: "Rework",
    of: ({ economics }) => economics.costs.rework,
    from: ["reworkRate", "hoursPerRework", "developerRate"],
  },
  {
    label: "Rollbacks",
    of: ({ economics }) => economics.costs.rollback,
    from: ["rollbackRate", "hoursPerRollback", "developerRate", "incidentShare", "incidentCost"],
  },
];

const FIXED: readonly LineWords[] = [
  { label: "Contracts and infrastructure", of: ({ economics }) => economics.fixed.contracts, from: ["fixedMonthly"] },
  { label: "Seats", of: ({ economics }) => economics.fixed.seats, from: ["seats", "seatPrice"] },
  {
    label: "Governance",
    of: ({ economics }) => economics.fixed.governance,
    from: ["governanceHours", "governanceRate"],
  },
];

export interface EconomicsLine {
  label: string;
  /** Major units. */
  amount: number;
  /** Part of the longest line, 0..1. */
  length: number;
  isAssumed: boolean;
}

export interface Economics {
  benefits: EconomicsLine[];
  costs: EconomicsLine[];
  fixed: EconomicsLine[];
  /** Of everything that a month adds up, the part that rests on what nobody measured, paid or planned; 0..1. */
  assumed: number;
}

/** Whether an input is a thought, and not something that was measured, paid or read from a plan. */
function isThought(inputs: Inputs, key: InputKey): boolean {
  const { and, source } = inputs[key];
  return [source, ...(and === undefined ? [] : [and])].some((one) =>
    one.kind === "same"
      ? isThought(inputs, one.as)
      : one.kind === "usual" || (one.kind === "said" && one.basis !== "imported"),
  );
}

/** What a pull request brings and costs, line by line, and what a month costs anyway. Lines of nothing are left out. */
export function prepareEconomics(inputs: Inputs, result: ModelResult): Economics {
  const volume = new Decimal(inputs.pullRequestsPerMonth.value);
  const read = (words: readonly LineWords[]) =>
    words.flatMap(({ from, label, of }) => {
      const amount = of(result);
      return amount.isZero() ? [] : [{ label, amount, isAssumed: from.some((key) => isThought(inputs, key)) }];
    });
  const [benefits, costs, fixed] = [read(BENEFITS), read(COSTS), read(FIXED)];
  const monthly = [
    ...[...benefits, ...costs].map((line) => ({ ...line, amount: line.amount.times(volume) })),
    ...fixed,
  ];
  const sum = (lines: readonly { amount: Decimal }[]) =>
    lines.reduce((total, { amount }) => total.plus(amount.abs()), new Decimal(0));
  const all = sum(monthly);
  const drawn = (lines: ReturnType<typeof read>, longest: Decimal): EconomicsLine[] =>
    lines.map(({ amount, isAssumed, label }) => ({
      label,
      isAssumed,
      amount: amount.toNumber(),
      length: longest.isZero() ? 0 : amount.abs().div(longest).toNumber(),
    }));
  const longestOf = (lines: ReturnType<typeof read>) =>
    lines.reduce((longest, { amount }) => Decimal.max(longest, amount.abs()), new Decimal(0));
  const perPullRequest = longestOf([...benefits, ...costs]);
  return {
    benefits: drawn(benefits, perPullRequest),
    costs: drawn(costs, perPullRequest),
    fixed: drawn(fixed, longestOf(fixed)),
    assumed: all.isZero()
      ? 0
      : sum(monthly.filter(({ isAssumed }) => isAssumed))
          .div(all)
          .toNumber(),
  };
}
