import { Decimal } from "@/lib/core/decimal";
import { toMajor } from "@/lib/core/money";
import { at, type Cell, type Formula, formula, type Reference, range, type Style } from "@/lib/exports/xlsx/cell";
import type { InputKey, ModelInputs } from "@/lib/roi/engine/inputs";
import { inputCell } from "./assumption-sheet";
import type { Plan } from "./layout";
import { monthsOf } from "./month-sheet";

/** Columns of what a plan comes to, in their order. */
export const PLAN_HEADS = [
  "Pull requests a month",
  "Hours saved that count",
  "Review spared",
  "Rework spared",
  "Rollbacks spared",
  "Benefit of each",
  "Models",
  "Checks",
  "Review and delegation",
  "Rework",
  "Rollbacks",
  "Cost of each",
  "Left of each",
  "Contracts a month",
  "Seats a month",
  "Governance a month",
  "Fixed a month",
  "Break-even, PRs a month",
  "Net a month",
  "Net present value",
  "ROI",
  "Payback, months",
  "Payback discounted, months",
  "IRR a year",
  "Saved hours at cost, each",
] as const;

/** Column of each figure on its sheet; the first column is the name. */
export const COLUMN = {
  volume: 1,
  time: 2,
  benefit: 6,
  reviewCost: 9,
  cost: 12,
  contribution: 13,
  contracts: 14,
  fixed: 17,
  breakEven: 18,
  net: 19,
  presentValue: 20,
  returnOnInvestment: 21,
  payback: 22,
  discountedPayback: 23,
  internalRate: 24,
  gross: 25,
} as const;

const NONE = "none";
const money = (formulaOf: Formula, result: Decimal): Cell => ({
  formula: formulaOf,
  result: result.toFixed(),
  style: "money",
});
const orNone = (formulaOf: Formula, result: string | number | null, style: Style): Cell => ({
  formula: formulaOf,
  result: result ?? NONE,
  style,
});

/** ⌈fixed / contribution⌉ as the engine rounds it: a quotient that should be whole is. */
const breakEven = (fixed: Reference, contribution: Reference): Formula =>
  formula`IF(ROUND(${contribution},12)>0,IF(ABS(${fixed}/${contribution}-ROUND(${fixed}/${contribution},0))<0.000000001,ROUND(${fixed}/${contribution},0),ROUNDUP(${fixed}/${contribution},0)),"none")`;

/** What the months of a plan come to. */
function answers(plan: Plan, sheet: string, row: number): Cell[] {
  const { currency, result } = plan;
  const months = monthsOf(plan);
  const major = (minor: Decimal) => toMajor(minor, currency);
  const digits = plan.moneyDigits;
  const [benefits, costs] = [
    formula`ROUND(SUM(${months.benefitWorth}),${digits})`,
    formula`ROUND(SUM(${months.costWorth}),${digits})`,
  ];
  const payback = (marks: Reference, last: Reference) =>
    formula`IF(${last}<0,"none",IF(COUNT(${marks})=0,0,MAX(${marks})))`;
  return [
    orNone(
      breakEven(at(sheet, COLUMN.fixed, row), at(sheet, COLUMN.contribution, row)),
      result.breakEven?.volume.toFixed() ?? null,
      "integer",
    ),
    money(formula`${months.lastNet}+${months.lastInvestment}`, major(result.steadyNet)),
    money(formula`ROUND(SUM(${months.worth}),${digits})`, major(result.netPresentValue)),
    orNone(
      formula`IF(${costs}>0,(${benefits}-${costs})/${costs},"none")`,
      result.returnOnInvestment?.toFixed() ?? null,
      "percent",
    ),
    orNone(payback(months.paybackMarks, months.lastSum), result.payback?.fractional ?? null, "number"),
    orNone(
      payback(months.discountedMarks, months.lastDiscountedSum),
      result.discountedPayback?.fractional ?? null,
      "number",
    ),
    orNone(
      formula`IF(SUM(${months.changes})=1,IFERROR((1+IRR(${months.net},${result.internalRate?.monthly ?? 0.01}))^12-1,"none"),"none")`,
      result.internalRate?.annual ?? null,
      "percent",
    ),
  ];
}

/** A plan as a row of figures, worked out from its column of the sheet Assumptions. */
export function planRow(plan: Plan, sheet: string, row: number): Cell[] {
  const { economics } = plan.result;
  const of = (key: InputKey) => inputCell(plan, key);
  const own = (column: number) => at(sheet, column, row);
  const sum = (from: number, to: number) => formula`SUM(${range(sheet, [from, row], [to, row])})`;
  const perRollback = formula`(${of("hoursPerRollback")}*${of("developerRate")}+${of("incidentShare")}*${of("incidentCost")})`;
  const perRework = formula`${of("hoursPerRework")}*${of("developerRate")}`;
  const { benefits, costs, fixed } = economics;
  return [
    plan.name,
    { formula: formula`${of("pullRequestsPerMonth")}`, result: plan.inputs.pullRequestsPerMonth, style: "number" },
    money(formula`${of("realisation")}*${of("hoursSaved")}*${of("developerRate")}`, benefits.time),
    money(formula`${of("humanReviewHours")}*${of("reviewerRate")}`, benefits.review),
    money(formula`${of("baselineReworkRate")}*${perRework}`, benefits.rework),
    money(formula`${of("baselineRollbackRate")}*${perRollback}`, benefits.rollback),
    money(sum(2, 5), economics.benefit),
    money(formula`${of("apiCost")}`, costs.api),
    money(formula`${of("ciCost")}`, costs.ci),
    money(formula`${of("oversightHours")}*${of("reviewerRate")}`, costs.review),
    money(formula`${of("reworkRate")}*${perRework}`, costs.rework),
    money(formula`${of("rollbackRate")}*${perRollback}`, costs.rollback),
    money(sum(7, 11), economics.cost),
    money(formula`${own(COLUMN.benefit)}-${own(COLUMN.cost)}`, economics.contribution),
    money(formula`${of("fixedMonthly")}`, fixed.contracts),
    money(formula`${of("seats")}*${of("seatPrice")}`, fixed.seats),
    money(formula`${of("governanceHours")}*${of("governanceRate")}`, fixed.governance),
    money(sum(14, 16), economics.fixedMonthly),
    ...answers(plan, sheet, row),
    money(formula`${of("hoursSaved")}*${of("developerRate")}`, grossOf(plan.inputs)),
  ];
}

function grossOf({ developerRate, hoursSaved }: ModelInputs): Decimal {
  return new Decimal(hoursSaved).times(developerRate);
}

/** The sum of several plans, as a row below theirs: what is of one pull request is weighted by how many each merges. */
export function totalRow(total: Plan, sheet: string, row: number, parts: { from: number; to: number }): Cell[] {
  const { economics } = total.result;
  const column = (index: number) => range(sheet, [index, parts.from], [index, parts.to]);
  const sum = (index: number) => formula`SUM(${column(index)})`;
  const own = (index: number) => at(sheet, index, row);
  const mean = (index: number) =>
    formula`IF(${own(COLUMN.volume)}=0,0,SUMPRODUCT(${column(COLUMN.volume)},${column(index)})/${own(COLUMN.volume)})`;
  const { benefits, costs, fixed } = economics;
  const each = [
    benefits.time,
    benefits.review,
    benefits.rework,
    benefits.rollback,
    economics.benefit,
    costs.api,
    costs.ci,
    costs.review,
    costs.rework,
    costs.rollback,
    economics.cost,
    economics.contribution,
  ];
  const monthly = [fixed.contracts, fixed.seats, fixed.governance, economics.fixedMonthly];
  const cells: Cell[] = [
    { text: total.name, style: "total" },
    { formula: sum(COLUMN.volume), result: total.inputs.pullRequestsPerMonth, style: "number" },
    ...each.map((result, index) => money(mean(COLUMN.time + index), result)),
    ...monthly.map((result, index) => money(sum(COLUMN.contracts + index), result)),
    ...answers(total, sheet, row),
    money(mean(COLUMN.gross), grossOf(total.inputs)),
  ];
  return cells.map((cell) =>
    cell !== null && typeof cell === "object" && "style" in cell && cell.style === "money"
      ? { ...cell, style: "moneyTotal" as const }
      : cell,
  );
}
