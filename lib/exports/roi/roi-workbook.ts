import { Decimal } from "@/lib/core/decimal";
import { minorDigits } from "@/lib/core/money";
import { modelInputWords } from "@/lib/core/roi-inputs";
import { dayOf } from "@/lib/core/zoned-time";
import type { Reference, Sheet, Workbook } from "@/lib/exports/xlsx/cell";
import { ledgerHash } from "@/lib/metrics/closes/ledger-hash";
import type { RoiReport } from "@/lib/metrics/money/read-report";
import { isAssumed, type ModelPart, runMix, seedOfInputs, uncertaintyOf, valuesOf } from "@/lib/metrics/money/types";
import { assumedShare } from "@/lib/roi/engine/economics-lines";
import { monteCarlo } from "@/lib/roi/engine/monte-carlo";
import { runModel } from "@/lib/roi/engine/run-model";
import { inputsOf001, SCENARIOS_001 } from "@/lib/roi/published/source-001";
import { assumptionSheet, FIRST_PLAN } from "./assumption-sheet";
import { amountColumn, dataSheet, reconciliationSheet } from "./data-sheets";
import { auditSheet, evidenceSheet } from "./evidence-sheets";
import { type Plan, SHEETS } from "./layout";
import { monthRows, monthSheet } from "./month-sheet";
import { nameParts } from "./part-names";
import { economicsAt, scenarioSheet, teamSheet } from "./plan-sheets";
import { summarySheet } from "./summary-sheet";

const TITLE = "Return on investment of coding agents";

/** A report as a workbook that goes on calculating: every figure of the model is a formula with what it comes to. */
export function roiWorkbook(report: RoiReport): Workbook {
  const { lines, models, period } = report;
  const { whole } = models;
  const data = dataSheet(lines, (slug) => report.names.teams.get(slug) ?? slug);
  const facts = factsOf(report);
  if (whole.inputs === null || whole.currency === null) {
    return {
      title: TITLE,
      moneyDigits: minorDigits(whole.currency ?? "USD"),
      names: [],
      sheets: [withoutModel(report), data, auditSheet(facts, report)],
    };
  }
  const { currency } = whole;
  const named = nameParts(report);
  const { others, parts, total } = layOut(report, named);
  const place = (plan: Plan) => {
    const index = others.indexOf(plan);
    return index < 0 ? economicsAt(SHEETS.teams, parts.indexOf(plan)) : economicsAt(SHEETS.scenario, index);
  };
  const inputs = whole.inputs;
  const chance = monteCarlo(valuesOf(inputs), uncertaintyOf(inputs), { seed: seedOfInputs(inputs) });
  const assumed = assumedShare(total.result.economics, new Decimal(inputs.pullRequestsPerMonth.value), (key) =>
    isAssumed(inputs, key),
  );
  const summary = summarySheet({
    title: TITLE,
    period: periodText(report),
    parts,
    total,
    spending: whole.spending,
    chance,
    assumed,
  });
  const withModels = named.map(({ name, part }) => ({ name, model: part.model }));
  const sheets: Sheet[] = [
    summary.sheet,
    teamSheet(parts, total, currency),
    scenarioSheet(parts, total, others, currency),
    assumptionSheet(
      parts.map((plan, index) => ({ plan, model: (named[index] as (typeof named)[0]).part.model })),
      others,
    ),
    monthSheet(parts, total, others, place),
    data,
    reconciliationSheet(named, lines, currency),
    evidenceSheet([{ name: "All teams", model: whole }, ...withModels], period.timeZone),
    auditSheet([...facts, ["Draws", `${chance.trials}, seed ${chance.seed}`]], report),
  ];
  const names: { name: string; of: Reference }[] = [...summary.names, { name: "PaidAmounts", of: amountColumn(lines) }];
  return { title: TITLE, moneyDigits: minorDigits(currency), sheets, names };
}

/** Where each plan stands. */
function layOut({ models }: RoiReport, named: readonly { name: string; part: ModelPart }[]) {
  const { currency, inputs } = models.whole;
  if (currency === null || inputs === null) throw new Error("A report without a model has no plans");
  const moneyDigits = minorDigits(currency);
  const values = valuesOf(inputs);
  const own = named.map(({ name, part }) => {
    const of = valuesOf(part.model.inputs as NonNullable<typeof part.model.inputs>);
    return { name, inputs: of, result: runModel(of, currency), currency, moneyDigits };
  });
  const beside = [
    { name: "Scenario", inputs: values, result: runModel(values, currency), currency, moneyDigits },
    ...Object.entries(SCENARIOS_001).map(([letter, published]) => {
      const of = inputsOf001(published);
      return { name: `Published ${letter}`, inputs: of, result: runModel(of, "USD"), currency: "USD", moneyDigits: 2 };
    }),
  ];
  const summed = {
    name: "Total",
    inputs: values,
    result: runMix(
      models.whole,
      named.map(({ part }) => part.model),
      currency,
    ),
    currency,
    moneyDigits,
  };
  const rows = monthRows([summed, ...own, ...beside].map(({ result }) => result.flows.length));
  const total: Plan = { ...summed, column: FIRST_PLAN, firstMonth: rows[0] as number };
  const parts = own.map(
    (plan, index): Plan => ({ ...plan, column: FIRST_PLAN + index, firstMonth: rows[1 + index] as number }),
  );
  const others = beside.map(
    (plan, index): Plan => ({
      ...plan,
      column: FIRST_PLAN + own.length + index,
      firstMonth: rows[1 + own.length + index] as number,
    }),
  );
  return { total, parts, others };
}

function periodText({ models, names, period }: RoiReport): string {
  const [from, last] = [dayOf(period.from, period.timeZone), dayOf(new Date(period.to.getTime() - 1), period.timeZone)];
  const known = models.asOf === null ? "no data" : `data complete to ${models.asOf}`;
  return `${[...names.orgs.values()].join(", ")} · ${from} to ${last}, ${period.timeZone} · ${known}`;
}

const factsOf = (report: RoiReport): [string, string][] => {
  const { filters, lines, models, names, period } = report;
  return [
    ["Period", `${period.from.toISOString()} to ${period.to.toISOString()}, the end not in it`],
    ["Time zone", period.timeZone],
    ["Organisations", (filters.org ?? [...names.orgs.keys()]).join(", ")],
    ["Teams", filters.team?.join(", ") ?? "all"],
    ["Data complete to", models.asOf ?? "no data"],
    ["Currency", models.whole.currency ?? "none"],
    ["Costs of all allocated by", models.allocations.map(({ key, org }) => `${org}: ${key}`).join(", ")],
    ["Rows of the sheet Data", String(lines.length)],
    ["SHA-256 of these rows", ledgerHash(lines)],
  ];
};

function withoutModel({ models, ...report }: RoiReport): Sheet {
  const { missing, reason } = models.whole;
  return {
    name: SHEETS.summary,
    columns: [{ width: 38 }, { width: 60 }],
    frozenRows: 0,
    rows: [
      [{ text: TITLE, style: "title" }],
      [{ text: periodText({ models, ...report }), style: "note" }],
      [],
      ["There is no model", reason ?? ""],
      ...missing.map((key) => ["Still to enter", modelInputWords(key).label]),
    ],
  };
}
