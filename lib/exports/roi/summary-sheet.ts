import { Decimal } from "@/lib/core/decimal";
import { formatMoney } from "@/lib/core/format";
import { toMajor } from "@/lib/core/money";
import {
  at,
  type Cell,
  type Formula,
  formula,
  named,
  type Reference,
  range,
  type Sheet,
} from "@/lib/exports/xlsx/cell";
import type { Spending } from "@/lib/metrics/money/types";
import type { MonteCarlo } from "@/lib/roi/engine/monte-carlo";
import { unitCosts } from "@/lib/roi/engine/unit-costs";
import { inputCell } from "./assumption-sheet";
import { type Plan, SHEETS } from "./layout";
import { COLUMN } from "./plan-rows";
import { totalRowOf } from "./plan-sheets";

const FIRST_ROW = 4;

interface Line {
  label: string;
  cell: Cell;
  note: string;
  /** Its name in the workbook. */
  name?: string;
}

/** The answers of the whole, each as a formula, and what was drawn, which is not worked out again. */
export function summarySheet({
  assumed,
  chance,
  parts,
  period,
  spending,
  total,
  title,
}: {
  title: string;
  period: string;
  parts: readonly Plan[];
  total: Plan;
  spending: Spending | null;
  chance: MonteCarlo;
  /** Part of what is added up that rests on assumptions, 0..1. */
  assumed: number;
}): { sheet: Sheet; names: { name: string; of: Reference }[] } {
  const { currency, result } = total;
  const row = totalRowOf(parts);
  const figure = (column: number) => at(SHEETS.teams, column, row);
  const weighted = (column: number) => {
    const of = (index: number) => range(SHEETS.teams, [index, row - parts.length], [index, row - 1]);
    return formula`SUMPRODUCT(${of(COLUMN.volume)},${of(column)})`;
  };
  const rates = parts.map(
    (plan) => formula`${inputCell(plan, "pullRequestsPerMonth")}*${inputCell(plan, "reviewerRate")}`,
  );
  const reviewerCost =
    rates.reduce<Formula | null>((sum, one) => (sum === null ? one : formula`${sum}+${one}`), null) ?? formula`0`;
  const steady = formula`(${figure(COLUMN.volume)}*${figure(COLUMN.contribution)}-${figure(COLUMN.fixed)})`;
  const linked = (
    column: number,
    value: string | number | null,
    style: "money" | "percent" | "integer" | "number",
  ): Cell => ({
    formula: formula`${figure(column)}`,
    result: value ?? "none",
    style,
  });
  const major = (minor: Decimal) => toMajor(minor, currency).toFixed();
  const lines: Line[] = [
    {
      label: "Net a month",
      name: "NetPerMonth",
      cell: linked(COLUMN.net, major(result.steadyNet), "money"),
      note: "A month at full volume, after what is learnt",
    },
    {
      label: "Return on investment",
      name: "ReturnOnInvestment",
      cell: linked(COLUMN.returnOnInvestment, result.returnOnInvestment?.toFixed() ?? null, "percent"),
      note: "Benefit less cost, by cost, both as of today",
    },
    {
      label: "Net present value",
      name: "NetPresentValue",
      cell: linked(COLUMN.presentValue, major(result.netPresentValue), "money"),
      note: "Of all months that are planned for",
    },
    {
      label: "Break-even, pull requests a month",
      name: "BreakEvenVolume",
      cell: linked(COLUMN.breakEven, result.breakEven?.volume.toFixed() ?? null, "integer"),
      note: "At the current mix of teams; none: every pull request loses money. Published inflection, for reference: about 500 (source 001)",
    },
    {
      label: "Pull requests a month",
      name: "PullRequestsPerMonth",
      cell: linked(COLUMN.volume, total.inputs.pullRequestsPerMonth, "number"),
      note: "Of agents, merged",
    },
    {
      label: "Break-even hours of review a month",
      cell: orNone(
        formula`IF(${reviewerCost}>0,(${steady}+${weighted(COLUMN.reviewCost)})/((${reviewerCost})/${figure(COLUMN.volume)}),"none")`,
        result.breakEvenReviewHours?.toFixed() ?? null,
        "number",
      ),
      note: "More review than this, and a month loses money",
    },
    {
      label: "Break-even share of saved hours",
      cell: orNone(
        formula`IF(${weighted(COLUMN.gross)}>0,(${weighted(COLUMN.time)}-${steady})/${weighted(COLUMN.gross)},"none")`,
        result.breakEvenRealisation?.toFixed() ?? null,
        "percent",
      ),
      note: "So much of the saved hours must count for a month to pay",
    },
    {
      label: "Payback, months",
      cell: linked(COLUMN.payback, result.payback?.fractional ?? null, "number"),
      note: "When what was put in has come back for good",
    },
    {
      label: "Payback, months, discounted",
      cell: linked(COLUMN.discountedPayback, result.discountedPayback?.fractional ?? null, "number"),
      note: "",
    },
    {
      label: "Internal rate of return, a year",
      cell: linked(COLUMN.internalRate, result.internalRate?.annual ?? null, "percent"),
      note: "none: the months do not change once from loss to gain",
    },
    ...spendingLines(spending, currency),
    {
      label: "Rests on assumptions",
      cell: { number: String(assumed), style: "percent" },
      note: "Of everything that a month adds up",
    },
  ];
  const drawn = drawnRows(chance);
  return {
    sheet: {
      name: SHEETS.summary,
      columns: [{ width: 38 }, { width: 18 }, { width: 18 }, { width: 18 }, { width: 18 }],
      frozenRows: 0,
      rows: [
        [{ text: title, style: "title" }],
        [{ text: period, style: "note" }],
        [],
        [
          { text: "Answer", style: "head" },
          { text: currency, style: "headRight" },
          { text: "What it is", style: "head" },
        ],
        ...lines.map(({ cell, label, note }): Cell[] => [label, cell, { text: note, style: "aside" }]),
        [],
        ...drawn,
      ],
    },
    names: lines.flatMap(({ name }, index) =>
      name === undefined ? [] : [{ name: named(name).text, of: at(SHEETS.summary, 1, FIRST_ROW + index) }],
    ),
  };
}

const orNone = (made: Formula, result: string | null, style: "number" | "percent"): Cell => ({
  formula: made,
  result: result ?? "none",
  style,
});

function spendingLines(spending: Spending | null, currency: string): Line[] {
  if (spending === null || spending.merged === 0) return [];
  const { isPartial, mature, merged, safe, total } = spending;
  const { perPullRequest, perSafePullRequest } = unitCosts({
    cost: new Decimal(total),
    merged: new Decimal(merged),
    safeRate: mature === 0 ? null : new Decimal(safe).div(mature),
  });
  const note = isPartial
    ? "At least: some of it is not known"
    : `${formatMoney(Number(total), currency)} in the period, hours of people among it`;
  const line = (label: string, value: Decimal | null): Line[] =>
    value === null ? [] : [{ label, cell: { number: value.toFixed(), style: "money" }, note }];
  return [
    ...line("Cost of a merged pull request, in the period", perPullRequest),
    ...line("Cost of a safe pull request, in the period", perSafePullRequest),
  ];
}

function drawnRows({ breakEven, net, presentValue, returnOnInvestment, seed, trials }: MonteCarlo): Cell[][] {
  const money = (value: number): Cell => ({ number: value.toFixed(2), style: "money" });
  const percent = (value: number): Cell => ({ number: value, style: "percent" });
  const volume = (value: number | null): Cell => (value === null ? "none" : { number: value, style: "integer" });
  return [
    [
      { text: "How sure that is", style: "head" },
      { text: "1 in 10 below", style: "headRight" },
      { text: "Median", style: "headRight" },
      { text: "1 in 10 above", style: "headRight" },
      { text: "Above zero", style: "headRight" },
    ],
    ["Net a month", money(net.p10), money(net.p50), money(net.p90), percent(net.positive)],
    [
      "Net present value",
      money(presentValue.p10),
      money(presentValue.p50),
      money(presentValue.p90),
      percent(presentValue.positive),
    ],
    [
      "Return on investment",
      percent(returnOnInvestment.p10),
      percent(returnOnInvestment.p50),
      percent(returnOnInvestment.p90),
      percent(returnOnInvestment.positive),
    ],
    [
      "Break-even, pull requests a month",
      volume(breakEven.p10),
      volume(breakEven.p50),
      volume(breakEven.p90),
      percent(1 - breakEven.none),
    ],
    [
      {
        text: `${trials} draws of what is uncertain, seed ${seed}. They are not drawn again in a spreadsheet.`,
        style: "note",
      },
    ],
  ];
}
