import { Decimal } from "@/lib/core/decimal";
import { toMajor } from "@/lib/core/money";
import { at, type Cell, formula, joined, type Reference, range, type Sheet } from "@/lib/exports/xlsx/cell";
import { monthlyRate } from "@/lib/roi/engine/discounting";
import type { InputKey } from "@/lib/roi/engine/inputs";
import { inputCell } from "./assumption-sheet";
import { monthCount, type Plan, SHEETS } from "./layout";

const HEADS = [
  "Plan",
  "Month",
  "Pull requests",
  "Benefit",
  "Cost by pull request",
  "Fixed cost",
  "Put in",
  "Net",
  "Discount",
  "Net today",
  "Benefit today",
  "Cost today",
  "Net so far",
  "Net today so far",
  "Paid back",
  "Paid back today",
  "Sign",
  "Change of sign",
] as const;
const FIRST_ROW = 3;
const C = {
  month: 1,
  pullRequests: 2,
  benefit: 3,
  variable: 4,
  fixed: 5,
  investment: 6,
  net: 7,
  discount: 8,
  worth: 9,
  benefitWorth: 10,
  costWorth: 11,
  sum: 12,
  discountedSum: 13,
  payback: 14,
  discountedPayback: 15,
  sign: 16,
  change: 17,
} as const;

/** The first row of each of several plans, one below the other. */
export function monthRows(lengths: readonly number[]): number[] {
  let next = FIRST_ROW;
  return lengths.map((length) => {
    const first = next;
    next += length;
    return first;
  });
}

/** Where the months of a plan stand. */
export function monthsOf(plan: Plan) {
  const last = plan.firstMonth + monthCount(plan) - 1;
  const column = (index: number) => range(SHEETS.months, [index, plan.firstMonth], [index, last]);
  const end = (index: number) => at(SHEETS.months, index, last);
  return {
    net: column(C.net),
    worth: column(C.worth),
    benefitWorth: column(C.benefitWorth),
    costWorth: column(C.costWorth),
    paybackMarks: column(C.payback),
    discountedMarks: column(C.discountedPayback),
    changes: column(C.change),
    lastNet: end(C.net),
    lastInvestment: end(C.investment),
    lastSum: end(C.sum),
    lastDiscountedSum: end(C.discountedSum),
  };
}

/** The posted months of every plan, and of the total as the sum of its parts. */
export function monthSheet(
  parts: readonly Plan[],
  total: Plan,
  others: readonly Plan[],
  economics: (plan: Plan) => { benefit: Reference; cost: Reference; fixed: Reference },
): Sheet {
  function* rows(): Generator<Cell[]> {
    yield [{ text: "Months", style: "title" }];
    yield [{ text: "Each line is rounded once, as it would be posted. Month 0 is what is paid once.", style: "note" }];
    yield HEADS.map((text, index) => ({ text, style: index < 2 ? ("head" as const) : ("headRight" as const) }));
    for (const plan of [total, ...parts, ...others]) {
      const lines = plan === total ? summedLines(parts) : ownLines(plan, economics(plan));
      yield* planMonths(plan, lines);
    }
  }
  return {
    name: SHEETS.months,
    columns: [{ width: 24 }, { width: 8 }, ...HEADS.slice(2).map(() => ({ width: 14 }))],
    frozenRows: FIRST_ROW,
    pagesWide: 2,
    hasFilter: true,
    rows: rows(),
  };
}

type Lines = (
  month: number,
  row: number,
) => Record<"pullRequests" | "benefit" | "variable" | "fixed" | "investment", ReturnType<typeof formula>>;

function summedLines(parts: readonly Plan[]): Lines {
  return (month) => {
    const sum = (column: number) =>
      joined(
        "+",
        parts.map(({ firstMonth }) => at(SHEETS.months, column, firstMonth + month)),
      );
    return {
      pullRequests: sum(C.pullRequests),
      benefit: sum(C.benefit),
      variable: sum(C.variable),
      fixed: sum(C.fixed),
      investment: sum(C.investment),
    };
  };
}

function ownLines(
  plan: Plan,
  { benefit, cost, fixed }: { benefit: Reference; cost: Reference; fixed: Reference },
): Lines {
  const of = (key: InputKey) => inputCell(plan, key);
  const digits = plan.moneyDigits;
  return (month, row) => {
    const number = at(SHEETS.months, C.month, row);
    const merged = at(SHEETS.months, C.pullRequests, row);
    const dip = formula`IF(${number}<=${of("dipMonths")},ROUND(${of("dipDevelopers")}*${of("dipSalary")}/12*${of("dipShare")},${digits}),0)`;
    return {
      pullRequests:
        month === 0 ? formula`0` : formula`${of("pullRequestsPerMonth")}*MIN(1,${number}/${of("rampMonths")})`,
      benefit: formula`ROUND(${merged}*${benefit},${digits})`,
      variable: formula`ROUND(${merged}*${cost},${digits})`,
      fixed: month === 0 ? formula`0` : formula`ROUND(${fixed},${digits})`,
      investment: month === 0 ? formula`ROUND(${of("oneOff")},${digits})` : dip,
    };
  };
}

function* planMonths(plan: Plan, lines: Lines): Generator<Cell[]> {
  const { currency, firstMonth, result } = plan;
  const major = (minor: Decimal) => toMajor(minor, currency).toFixed();
  const rate = monthlyRate(new Decimal(plan.inputs.discountRate));
  let [sum, discountedSum, sign, factor] = [new Decimal(0), new Decimal(0), 0, new Decimal(1)];
  for (const [month, flow] of result.flows.entries()) {
    const row = firstMonth + month;
    const own = (column: number) => at(SHEETS.months, column, row);
    const before = (column: number) => at(SHEETS.months, column, row - 1);
    const made = lines(month, row);
    const [earlier, earlierDiscounted, earlierSign] = [sum, discountedSum, sign];
    const cost = flow.variableCost.plus(flow.fixedCost).plus(flow.investment);
    sum = sum.plus(flow.net);
    discountedSum = discountedSum.plus(flow.net.times(factor));
    sign = flow.net.isZero() ? sign : flow.net.isNegative() ? -1 : 1;
    const worth = (minor: Decimal) => major(minor.times(factor));
    const mark = (was: Decimal, is: Decimal, amount: Decimal): string =>
      was.lt(0) && is.gte(0)
        ? was
            .neg()
            .div(amount)
            .plus(month - 1)
            .toFixed()
        : "";
    const marked = (sums: number, amounts: number) =>
      month === 0
        ? formula`""`
        : formula`IF(AND(${before(sums)}<0,${own(sums)}>=0),${own(C.month)}-1-${before(sums)}/${own(amounts)},"")`;
    yield [
      plan.name,
      { number: month, style: "integer" },
      { formula: made.pullRequests, result: flow.pullRequests.toFixed(), style: "number" },
      { formula: made.benefit, result: major(flow.benefit), style: "money" },
      { formula: made.variable, result: major(flow.variableCost), style: "money" },
      { formula: made.fixed, result: major(flow.fixedCost), style: "money" },
      { formula: made.investment, result: major(flow.investment), style: "money" },
      {
        formula: formula`${own(C.benefit)}-${own(C.variable)}-${own(C.fixed)}-${own(C.investment)}`,
        result: major(flow.net),
        style: "money",
      },
      {
        formula: formula`1/(1+${inputCell(plan, "discountRate")})^(${own(C.month)}/12)`,
        result: factor.toFixed(),
        style: "number",
      },
      { formula: formula`${own(C.net)}*${own(C.discount)}`, result: worth(flow.net), style: "money" },
      { formula: formula`${own(C.benefit)}*${own(C.discount)}`, result: worth(flow.benefit), style: "money" },
      {
        formula: formula`(${own(C.variable)}+${own(C.fixed)}+${own(C.investment)})*${own(C.discount)}`,
        result: worth(cost),
        style: "money",
      },
      {
        formula:
          month === 0 ? formula`${own(C.net)}` : formula`ROUND(${before(C.sum)}+${own(C.net)},${plan.moneyDigits})`,
        result: major(sum),
        style: "money",
      },
      {
        formula: month === 0 ? formula`${own(C.worth)}` : formula`${before(C.discountedSum)}+${own(C.worth)}`,
        result: major(discountedSum),
        style: "money",
      },
      { formula: marked(C.sum, C.net), result: mark(earlier, sum, flow.net), style: "number" },
      {
        formula: marked(C.discountedSum, C.worth),
        result: mark(earlierDiscounted, discountedSum, flow.net.times(factor)),
        style: "number",
      },
      {
        formula:
          month === 0
            ? formula`SIGN(${own(C.net)})`
            : formula`IF(${own(C.net)}=0,${before(C.sign)},SIGN(${own(C.net)}))`,
        result: sign,
        style: "integer",
      },
      {
        formula:
          month === 0 ? formula`0` : formula`IF(AND(${before(C.sign)}<>0,${own(C.sign)}<>${before(C.sign)}),1,0)`,
        result: month > 0 && earlierSign !== 0 && sign !== earlierSign ? 1 : 0,
        style: "integer",
      },
    ];
    factor = factor.div(rate.plus(1));
  }
}
