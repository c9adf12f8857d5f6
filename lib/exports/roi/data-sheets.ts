import { Decimal } from "@/lib/core/decimal";
import { fiscalName } from "@/lib/core/fiscal-calendar";
import { minorDigits } from "@/lib/core/money";
import { at, type Cell, formula, range, type Sheet } from "@/lib/exports/xlsx/cell";
import { ledgerAmount } from "@/lib/metrics/closes/ledger-hash";
import type { DayCost } from "@/lib/metrics/money/cost-lines";
import type { ModelPart } from "@/lib/metrics/money/types";
import { SHEETS } from "./layout";

const FIRST_ROW = 4;
const AMOUNT = 6;
const KEY = 8;
const PAID = 9;
const RATE = 11;
const HEADS = [
  "Day",
  "Organisation",
  "Team",
  "Agent",
  "Paid for",
  "Provider",
  "Amount",
  "Currency",
  "Key",
  "Paid as",
  "In",
  "Rate",
  "Fiscal period",
  "Cost centre",
];
const RIGHT: ReadonlySet<number> = new Set([AMOUNT, PAID, RATE]);

/** What a line, or a part of the model, is matched by: names of two teams can be the same. */
const keyOf = (org: string, team: string | null): string => `${org}/${team ?? "-"}`;

const lastRow = (lines: readonly DayCost[]): number => FIRST_ROW + Math.max(lines.length, 1) - 1;
const column = (lines: readonly DayCost[], index: number) =>
  range(SHEETS.data, [index, FIRST_ROW], [index, lastRow(lines)]);

/** The amounts of the sheet Data. */
export const amountColumn = (lines: readonly DayCost[]) => column(lines, AMOUNT);

/** Everything that was paid in the period, one line of the ledger’s day each. */
export function dataSheet(lines: readonly DayCost[], teamName: (slug: string) => string): Sheet {
  function* rows(): Generator<Cell[]> {
    yield [{ text: "Data", style: "title" }];
    yield [{ text: "What was paid in the period, by day, team, agent and what it was paid for.", style: "note" }];
    const total = lines.reduce((sum, line) => sum.plus(ledgerAmount(line)), new Decimal(0));
    yield [
      { text: "Total of the rows in sight", style: "label" },
      null,
      null,
      null,
      null,
      null,
      { formula: formula`SUBTOTAL(109,${amountColumn(lines)})`, result: total.toFixed(), style: "moneyTotal" },
    ];
    yield HEADS.map((text, index) => ({
      text,
      style: RIGHT.has(index) ? ("headRight" as const) : ("head" as const),
    }));
    for (const [index, line] of lines.entries()) {
      const { agent, centre, currency, day, item, org, paid, provider, team } = line;
      const row = FIRST_ROW + index;
      yield [
        { day },
        org.name,
        team === null ? "" : teamName(team),
        agent?.name ?? "",
        item,
        provider,
        paid === null
          ? { number: ledgerAmount(line), style: "money" }
          : {
              formula: formula`ROUND(${at(SHEETS.data, PAID, row)}*${at(SHEETS.data, RATE, row)},${minorDigits(currency)})`,
              result: ledgerAmount(line),
              style: "money",
            },
        currency,
        keyOf(org.slug, team),
        ...(paid === null
          ? [null, null, null]
          : [
              { number: ledgerAmount(paid), style: "money" as const },
              paid.currency,
              { number: paid.rate, style: "number" as const },
            ]),
        fiscalName(day.slice(0, 7), org.fiscalStart),
        centre === null ? "" : centre.name === centre.code ? centre.code : `${centre.code} ${centre.name}`,
      ];
    }
  }
  return {
    name: SHEETS.data,
    columns: [12, 20, 22, 18, 14, 16, 16, 9, 24, 16, 9, 12, 14, 26].map((width) => ({ width })),
    frozenRows: FIRST_ROW,
    hasFilter: true,
    rows: rows(),
  };
}

/** That what was paid is in the model, to the cent: part by part, and nothing left over. */
export function reconciliationSheet(
  parts: readonly { name: string; part: ModelPart }[],
  lines: readonly DayCost[],
  currency: string,
): Sheet {
  const name = SHEETS.reconciliation;
  const last = FIRST_ROW + parts.length - 1;
  const sums = (index: number) => formula`SUM(${range(name, [index, FIRST_ROW], [index, last])})`;
  const total = (of: (part: ModelPart) => Decimal) =>
    parts.reduce((sum, { part }) => sum.plus(of(part)), new Decimal(0)).toFixed();
  const inModel = ({ ledger }: ModelPart) => new Decimal(ledger.own).minus(ledger.notAgents).plus(ledger.shared);
  const paid = lines.reduce((sum, line) => sum.plus(ledgerAmount(line)), new Decimal(0));
  const notAgents = total(({ ledger }) => new Decimal(ledger.notAgents));
  const [foot, check] = [last + 1, last + 3];
  const rows: Cell[][] = [
    [{ text: `Reconciliation, ${currency}`, style: "title" }],
    [
      {
        text: "What was paid for a team, less the checks of people’s pull requests, and its part of what was paid for no team, is what its model counts.",
        style: "note",
      },
    ],
    [],
    ["Part", "Key", "Paid for it", "Checks of people’s", "Part of what is shared", "In the model"].map(
      (text, index) => ({
        text,
        style: index < 2 ? "head" : "headRight",
      }),
    ),
    ...parts.map(({ name: partName, part }, index): Cell[] => {
      const row = FIRST_ROW + index;
      const own = (at_: number) => at(name, at_, row);
      // What was paid for no team stands with what is allocated to none, and is given from there.
      const isNoTeam = part.kind === "no_team";
      return [
        partName,
        isNoTeam ? "" : keyOf(part.org, part.kind === "unallocated" ? null : part.team),
        isNoTeam
          ? { number: "0", style: "money" }
          : {
              formula: formula`SUMIFS(${amountColumn(lines)},${column(lines, KEY)},${own(1)})`,
              result: part.ledger.own,
              style: "money",
            },
        { number: part.ledger.notAgents, style: "money" },
        { number: part.ledger.shared, style: "money" },
        {
          formula: formula`ROUND(${own(2)}-${own(3)}+${own(4)},${minorDigits(currency)})`,
          result: inModel(part).toFixed(),
          style: "money",
        },
      ];
    }),
    [
      { text: "Total", style: "total" },
      { text: "", style: "total" },
      { formula: sums(2), result: total(({ ledger }) => new Decimal(ledger.own)), style: "moneyTotal" },
      { formula: sums(3), result: notAgents, style: "moneyTotal" },
      { formula: sums(4), result: total(({ ledger }) => new Decimal(ledger.shared)), style: "moneyTotal" },
      { formula: sums(5), result: total(inModel), style: "moneyTotal" },
    ],
    [],
    [
      "Paid in the period, by the sheet Data",
      null,
      { formula: formula`SUM(${amountColumn(lines)})`, result: paid.toFixed(), style: "money" },
    ],
    ["In the model", null, { formula: formula`${at(name, 5, foot)}`, result: total(inModel), style: "money" }],
    [
      "Checks of people’s pull requests",
      null,
      { formula: formula`${at(name, 3, foot)}`, result: notAgents, style: "money" },
    ],
    [
      { text: "Difference, which must be nothing", style: "total" },
      { text: "", style: "total" },
      {
        formula: formula`ROUND(${at(name, 2, check)}-${at(name, 2, check + 1)}-${at(name, 2, check + 2)},${minorDigits(currency)})`,
        result: paid.minus(total(inModel)).minus(notAgents).toFixed(),
        style: "moneyTotal",
      },
    ],
  ];
  return {
    name,
    columns: [34, 26, 18, 18, 22, 18].map((width) => ({ width })),
    frozenRows: FIRST_ROW,
    rows,
  };
}
