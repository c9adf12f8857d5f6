import { Decimal } from "@/lib/core/decimal";
import { type InputUnit, modelInputWords } from "@/lib/core/roi-inputs";
import { at, type Cell, formula, type Reference, type Sheet, type Style } from "@/lib/exports/xlsx/cell";
import type { GroupModel, ModelInput } from "@/lib/metrics/money/types";
import { INPUT_KEYS, type InputKey } from "@/lib/roi/engine/inputs";
import { type Plan, SHEETS } from "./layout";

const FIRST_ROW = 4;
const ALL_COLUMN = 2;
/** The first column of a plan. */
export const FIRST_PLAN = 3;

const UNITS: Readonly<Record<InputUnit, string>> = {
  money: "amount",
  money_month: "amount a month",
  money_year: "amount a year",
  hours: "hours",
  hours_month: "hours a month",
  share: "share",
  count: "number",
  months: "months",
};

const STYLES: Readonly<Record<InputUnit, Style>> = {
  money: "numberInput",
  money_month: "moneyInput",
  money_year: "moneyInput",
  hours: "numberInput",
  hours_month: "numberInput",
  share: "percentInput",
  count: "numberInput",
  months: "numberInput",
};

const rowOf = (key: InputKey) => FIRST_ROW + INPUT_KEYS.indexOf(key);

/** The cell of an input of a plan. */
export const inputCell = ({ column }: Pick<Plan, "column">, key: InputKey): Reference =>
  at(SHEETS.assumptions, column, rowOf(key));

/** The one value of an input that is said of all; null where each has its own. */
function sharedBy(inputs: readonly ModelInput[]): { kind: "same" | "parted"; value: Decimal } | null {
  const isSaidOfAll = ({ and, source }: ModelInput) =>
    and === undefined && (source.kind === "usual" || (source.kind === "said" && source.of === "organisation"));
  const [first] = inputs;
  if (first === undefined) return null;
  if (inputs.every((input) => isSaidOfAll(input) && input.value === first.value)) {
    return { kind: "same", value: new Decimal(first.value) };
  }
  const parted = inputs.filter(
    ({ and, source }) =>
      and === undefined && source.kind === "said" && source.of === "organisation" && source.part !== null,
  );
  const sum = parted.reduce((all, { value }) => all.plus(value), new Decimal(0));
  return sum.isZero() ? null : { kind: "parted", value: sum };
}

/**
 * Every input of every plan. What is said of all stands once, and each team follows it: whoever changes it there changes
 * all of them.
 */
export function assumptionSheet(parts: readonly { plan: Plan; model: GroupModel }[], others: readonly Plan[]): Sheet {
  const names = [...parts.map(({ plan }) => plan.name), ...others.map(({ name }) => name)];
  function* rows(): Generator<Cell[]> {
    yield [{ text: "Assumptions", style: "title" }];
    yield [
      {
        text: "Blue cells can be changed, and every other sheet follows. What is said of all stands in the column “All teams”; where it comes from is on the sheet Evidence.",
        style: "note",
      },
    ];
    yield [];
    yield ["Input", "Unit", "All teams", ...names].map((text, index) => ({
      text,
      style: index < 2 ? ("head" as const) : ("headRight" as const),
    }));
    for (const key of INPUT_KEYS) yield inputRow(key, parts, others);
  }
  return {
    name: SHEETS.assumptions,
    columns: [{ width: 38 }, { width: 16 }, { width: 14 }, ...names.map(() => ({ width: 14 }))],
    frozenRows: FIRST_ROW,
    frozenColumns: 2,
    pagesWide: Math.ceil(names.length / 8),
    rows: rows(),
  };
}

function inputRow(key: InputKey, parts: readonly { plan: Plan; model: GroupModel }[], others: readonly Plan[]): Cell[] {
  const { label, unit } = modelInputWords(key);
  const style = STYLES[unit];
  const inputs = parts.map(({ model }) => (model.inputs as NonNullable<GroupModel["inputs"]>)[key]);
  const shared = sharedBy(inputs);
  const all = at(SHEETS.assumptions, ALL_COLUMN, rowOf(key));
  const number = (value: string): Cell => ({ number: value, style });
  const follows = (input: ModelInput, index: number): Cell => {
    const { source, value } = input;
    const plan = parts[index]?.plan;
    if (source.kind === "same" && plan !== undefined) {
      return { formula: formula`${inputCell(plan, source.as)}`, result: value, style: plainOf(style) };
    }
    if (shared === null) return number(value);
    if (shared.kind === "same") return { formula: formula`${all}`, result: value, style: plainOf(style) };
    if (source.kind !== "said" || source.of !== "organisation" || source.part === null || input.and !== undefined)
      return number(value);
    const part = new Decimal(value).div(shared.value).toNumber();
    return { formula: formula`${all}*${part}`, result: value, style: plainOf(style) };
  };
  return [
    label,
    { text: UNITS[unit], style: "note" },
    shared === null ? null : number(shared.value.toFixed()),
    ...inputs.map(follows),
    ...others.map(({ inputs: own }) => number(own[key])),
  ];
}

const PLAIN: Readonly<Partial<Record<Style, Style>>> = {
  moneyInput: "money",
  numberInput: "number",
  percentInput: "percent",
};
const plainOf = (style: Style): Style => PLAIN[style] ?? style;
