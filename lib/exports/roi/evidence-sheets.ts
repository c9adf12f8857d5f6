import { modelInputWords } from "@/lib/core/roi-inputs";
import { dayOf } from "@/lib/core/zoned-time";
import type { Cell, Sheet } from "@/lib/exports/xlsx/cell";
import type { RoiReport } from "@/lib/metrics/money/read-report";
import type { GroupModel, InputSource, ModelInput } from "@/lib/metrics/money/types";
import { INPUT_KEYS } from "@/lib/roi/engine/inputs";
import { SHEETS } from "./layout";

const KINDS: Readonly<Record<InputSource["kind"], string>> = {
  measured: "Measured",
  ledger: "Paid",
  said: "Said",
  usual: "Taken where nobody says otherwise",
  same: "The same as another input",
  none: "Left out",
};

const number = (value: number | string | null): Cell => (value === null ? null : { number: value, style: "number" });
const heads = (texts: readonly string[]): Cell[] => texts.map((text) => ({ text, style: "head" }));

const EVIDENCE = [
  "Part",
  "Input",
  "Value",
  "Where from",
  "Metric",
  "k",
  "n",
  "Lowest",
  "Highest",
  "Basis",
  "Of",
  "Part of it",
  "Said by",
  "On",
  "Holds from",
  "Why",
];

function evidenceRow(
  part: string,
  label: string,
  { value }: ModelInput,
  source: InputSource,
  timeZone: string,
): Cell[] {
  const start: Cell[] = [part, label, number(value), KINDS[source.kind]];
  switch (source.kind) {
    case "measured":
      return [
        ...start,
        source.metric,
        number(source.k),
        number(source.n),
        number(source.lo),
        number(source.hi),
        "",
        source.of,
      ];
    case "ledger":
      return [
        ...start,
        "",
        null,
        number(source.entries),
        ...(source.isEstimated === true ? [null, null, "some of it estimated"] : []),
      ];
    case "said":
      return [
        ...start,
        "",
        null,
        null,
        number(source.low),
        number(source.high),
        source.basis,
        source.of,
        number(source.part),
        source.by,
        { day: dayOf(new Date(source.at), timeZone) },
        { day: source.validFrom },
        source.why,
      ];
    case "usual":
      return [...start, "", null, null, number(source.low), number(source.high)];
    case "same":
      return [...start, modelInputWords(source.as).label];
    case "none":
      return start;
  }
}

/** Where each input of each part comes from. */
export function evidenceSheet(parts: readonly { name: string; model: GroupModel }[], timeZone: string): Sheet {
  function* rows(): Generator<Cell[]> {
    yield [{ text: "Evidence", style: "title" }];
    yield [
      {
        text: "Where each input comes from, as it was when this was made. Entries of the ledger are counted under n.",
        style: "note",
      },
    ];
    yield heads(EVIDENCE);
    for (const { model, name } of parts) {
      if (model.inputs === null) continue;
      for (const key of INPUT_KEYS) {
        const input = model.inputs[key];
        const { label } = modelInputWords(key);
        yield evidenceRow(name, label, input, input.source, timeZone);
        if (input.and !== undefined) yield evidenceRow(name, `${label}, added`, input, input.and, timeZone);
      }
    }
  }
  return {
    name: SHEETS.evidence,
    columns: [22, 38, 14, 18, 22, 10, 10, 12, 12, 12, 13, 10, 18, 12, 12, 60].map((width) => ({ width })),
    frozenRows: 3,
    frozenColumns: 2,
    pagesWide: 2,
    hasFilter: true,
    rows: rows(),
  };
}

/** How the workbook was made, and everything that was ever said. */
export function auditSheet(
  facts: readonly (readonly [string, string])[],
  { history, names, period }: RoiReport,
): Sheet {
  const rows: Cell[][] = [
    [{ text: "Audit", style: "title" }],
    ...facts.map(([label, text]): Cell[] => [{ text: label, style: "label" }, text]),
    [],
    heads([
      "Said on",
      "By",
      "Organisation",
      "Team",
      "Input",
      "Value",
      "Lowest",
      "Highest",
      "Holds from",
      "Basis",
      "Why",
    ]),
    ...history.map(({ basis, enteredAt, enteredBy, high, key, low, org, team, validFrom, value, why }): Cell[] => [
      { day: dayOf(enteredAt, period.timeZone) },
      enteredBy,
      names.orgs.get(org) ?? org,
      team === null ? "" : (names.teams.get(team) ?? team),
      modelInputWords(key).label,
      value === null ? "taken back" : number(value),
      number(low),
      number(high),
      { day: validFrom },
      basis,
      why,
    ]),
  ];
  return {
    name: SHEETS.audit,
    columns: [24, 26, 20, 20, 36, 14, 12, 12, 12, 12, 60].map((width) => ({ width })),
    frozenRows: 0,
    rows,
  };
}
