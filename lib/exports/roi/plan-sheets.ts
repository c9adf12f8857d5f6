import { at, type Cell, formula, type Sheet } from "@/lib/exports/xlsx/cell";
import { type Plan, SHEETS } from "./layout";
import { COLUMN, PLAN_HEADS, planRow, totalRow } from "./plan-rows";

const FIRST_ROW = 4;
const COLUMNS = [{ width: 24 }, ...PLAN_HEADS.map(() => ({ width: 14 }))];

const heads = (name: string): Cell[] =>
  [name, ...PLAN_HEADS].map((text, index) => ({ text, style: index === 0 ? "head" : "headRight" }));

/** Where the unit economics of a plan stand, which its months are made from. */
export const economicsAt = (sheet: string, index: number) => ({
  benefit: at(sheet, COLUMN.benefit, FIRST_ROW + index),
  cost: at(sheet, COLUMN.cost, FIRST_ROW + index),
  fixed: at(sheet, COLUMN.fixed, FIRST_ROW + index),
});

/** Row of the total on the sheet of teams. */
export const totalRowOf = (parts: readonly Plan[]): number => FIRST_ROW + parts.length;

/** Every team, what is of none and what is allocated to none, and their sum. */
export function teamSheet(parts: readonly Plan[], total: Plan, currency: string): Sheet {
  const name = SHEETS.teams;
  const last = totalRowOf(parts);
  return {
    name,
    columns: COLUMNS,
    frozenRows: FIRST_ROW,
    frozenColumns: 1,
    pagesWide: 3,
    rows: [
      [{ text: `By team, ${currency}`, style: "title" }],
      [
        {
          text: "Each team on its own figures. Amounts of each pull request first, then what a month costs anyway, then what it comes to. The total is the sum of the rows.",
          style: "note",
        },
      ],
      [],
      heads("Team"),
      ...parts.map((plan, index) => planRow(plan, name, FIRST_ROW + index)),
      totalRow(total, name, last, { from: FIRST_ROW, to: last - 1 }),
    ],
  };
}

/** The total beside a plan that can be changed, and beside what has been published. */
export function scenarioSheet(parts: readonly Plan[], total: Plan, others: readonly Plan[], currency: string): Sheet {
  const name = SHEETS.scenario;
  const row = totalRowOf(parts);
  const measured = totalRow(total, SHEETS.teams, row, { from: FIRST_ROW, to: row - 1 });
  const linked = measured.map((cell, column): Cell => {
    if (cell === null || typeof cell === "string" || !("formula" in cell)) return "As measured";
    return {
      ...cell,
      formula: formula`${at(SHEETS.teams, column, row)}`,
      style: cell.style === "moneyTotal" ? "money" : cell.style,
    };
  });
  return {
    name,
    columns: COLUMNS,
    frozenRows: FIRST_ROW,
    frozenColumns: 1,
    pagesWide: 3,
    rows: [
      [{ text: `Scenario, ${currency}`, style: "title" }],
      [
        {
          text: "The row “Scenario” begins as one model of all teams together. Change its blue column on the sheet Assumptions: its months and this row follow, and nothing else does. Published scenarios stand beside it as references, in dollars.",
          style: "note",
        },
      ],
      [],
      heads("Plan"),
      ...others.slice(0, 1).map((plan) => planRow(plan, name, FIRST_ROW)),
      ...others.slice(1).map((plan, index) => planRow(plan, name, FIRST_ROW + 1 + index)),
      linked,
    ],
  };
}
