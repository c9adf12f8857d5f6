import { Decimal } from "@/lib/core/decimal";
import { formatCount, formatMoney, formatPercent, formatQuantity } from "@/lib/core/format";
import { toMajor } from "@/lib/core/money";
import { modelInputWords } from "@/lib/core/roi-inputs";
import { dayOf } from "@/lib/core/zoned-time";
import { INK, INNER, PAGE, SheetWriter } from "@/lib/exports/pdf/sheet-writer";
import { ledgerHash } from "@/lib/metrics/closes/ledger-hash";
import type { RoiReport } from "@/lib/metrics/money/read-report";
import { isAssumed, rangesOf, runMix, seedOfInputs, uncertaintyOf, valuesOf } from "@/lib/metrics/money/types";
import { assumedShare, ECONOMICS_LINES } from "@/lib/roi/engine/economics-lines";
import { type MonteCarlo, monteCarlo } from "@/lib/roi/engine/monte-carlo";
import { type ModelResult, runModel } from "@/lib/roi/engine/run-model";
import { tornado } from "@/lib/roi/engine/tornado";
import { nameParts } from "./part-names";

const TITLE = "Return on investment of coding agents";
const LEFT = PAGE.margin;
/** Teams that a page has room for; the others are told together. */
const MOST_TEAMS = 22;
const SWINGS = 8;

/** What the two pages are drawn from. */
interface Drawn {
  writer: SheetWriter;
  report: RoiReport;
  currency: string;
  result: ModelResult;
  chance: MonteCarlo;
  assumed: number;
}

const major = (minor: Decimal, currency: string): number => toMajor(minor, currency).toNumber();

/** A report as two pages for a board: the answer, how sure it is, what it is made of, and each team. */
export function roiDocument(report: RoiReport): AsyncGenerator<Uint8Array> {
  const { models } = report;
  const { currency, inputs } = models.whole;
  const made = new Date(models.asOf ?? report.period.to);
  const writer = new SheetWriter({ title: TITLE, made });
  if (inputs === null || currency === null) {
    withoutModel(writer, report);
    return writer.bytes();
  }
  const parts = models.parts.map(({ model }) => model);
  const result = runMix(models.whole, parts, currency);
  const drawn: Drawn = {
    writer,
    report,
    currency,
    result,
    chance: monteCarlo(valuesOf(inputs), uncertaintyOf(inputs), { seed: seedOfInputs(inputs) }),
    assumed: assumedShare(result.economics, new Decimal(inputs.pullRequestsPerMonth.value), (key) =>
      isAssumed(inputs, key),
    ),
  };
  let y = opening(drawn);
  y = keyFigures(drawn, y + 18);
  y = economicsChart(drawn, y + 22);
  chanceChart(drawn, y + 22);
  footer(drawn, 1);
  writer.page();
  y = teamTable(drawn, PAGE.margin);
  y = courseChart(drawn, y + 22);
  swingChart(drawn, y + 22);
  footer(drawn, 2);
  return writer.bytes();
}

function periodText({ names, period }: RoiReport): string {
  const last = dayOf(new Date(period.to.getTime() - 1), period.timeZone);
  return `${[...names.orgs.values()].join(", ")} · ${dayOf(period.from, period.timeZone)} to ${last}, ${period.timeZone}`;
}

function withoutModel(writer: SheetWriter, report: RoiReport): void {
  const { missing, reason } = report.models.whole;
  writer.part("H1", () => writer.line(TITLE, LEFT, PAGE.margin, { size: 18, weight: "strong" }));
  writer.part("P", () => {
    writer.line(periodText(report), LEFT, PAGE.margin + 30, { size: 9, color: INK.soft });
    writer.paragraph(`There is no model: ${reason ?? "nothing is known"}.`, LEFT, PAGE.margin + 54, INNER, {
      size: 11,
    });
    for (const [index, key] of missing.entries()) {
      writer.line(`Still to enter: ${modelInputWords(key).label}`, LEFT, PAGE.margin + 90 + index * 16, { size: 10 });
    }
  });
}

function opening({ assumed, chance, currency, report, result, writer }: Drawn): number {
  const net = major(result.steadyNet, currency);
  const amount = formatMoney(Math.abs(net), currency);
  const answer =
    net >= 0
      ? `Agents bring ${amount} a month more than they cost.`
      : `Agents cost ${amount} a month more than they bring.`;
  const from =
    result.breakEven === null
      ? `Every pull request loses ${formatMoney(result.economics.contribution.abs().toNumber(), currency)}, so that no volume pays.`
      : `They pay from ${formatQuantity(result.breakEven.volume.toNumber(), "pull request")} a month on.`;
  const rests = `${formatPercent(assumed, 0)} of what is added up rests on assumptions. In ${formatPercent(chance.net.positive, 0)} of ${formatCount(chance.trials)} draws of what is uncertain a month ends above zero.`;
  let y: number = PAGE.margin;
  writer.part("P", () =>
    writer.line(`${TITLE} · ${periodText(report)}`, LEFT, y, { size: 8.5, color: INK.soft, width: INNER }),
  );
  y += 20;
  writer.part("H1", () => {
    y = writer.paragraph(`${answer} ${from}`, LEFT, y, INNER, { size: 19, weight: "strong" });
  });
  writer.part("P", () => {
    y = writer.paragraph(rests, LEFT, y + 6, INNER, { size: 10, color: INK.soft });
  });
  return y;
}

function keyFigures({ chance, currency, report, result, writer }: Drawn, top: number): number {
  const spread = (low: string | null, high: string | null) =>
    low === null || high === null ? "" : `${low} to ${high}`;
  const money = (amount: number) => formatMoney(amount, currency);
  const { breakEven, presentValue, returnOnInvestment: roi } = chance;
  const count = (volume: number | null) => (volume === null ? null : formatCount(Math.round(volume)));
  const { spending } = report.models.whole;
  const cards = [
    {
      label: "Net present value",
      value: money(major(result.netPresentValue, currency)),
      note: spread(money(presentValue.p10), money(presentValue.p90)),
    },
    {
      label: "Return on investment",
      value: result.returnOnInvestment === null ? "none" : formatPercent(result.returnOnInvestment.toNumber(), 0),
      note: spread(formatPercent(roi.p10, 0), formatPercent(roi.p90, 0)),
    },
    {
      label: "Break-even, PRs",
      value: result.breakEven === null ? "none" : formatCount(result.breakEven.volume.toNumber()),
      note: spread(count(breakEven.p10), count(breakEven.p90)),
    },
    {
      label: "Payback",
      value: result.payback === null ? "not in time" : `${result.payback.fractional.toFixed(1)} months`,
      note: "",
    },
    {
      label: "Cost of a pull request",
      value: spending === null || spending.merged === 0 ? "not known" : money(Number(spending.total) / spending.merged),
      note: spending === null ? "" : `n ${formatCount(spending.merged)}`,
    },
  ];
  const width = INNER / cards.length;
  writer.rule(LEFT, top, INNER);
  for (const [index, { label, note, value }] of cards.entries()) {
    const x = LEFT + index * width;
    writer.part("P", () => {
      writer.line(label, x, top + 8, { size: 8, color: INK.soft, width: width - 8 });
      writer.line(value, x, top + 21, { size: 15, weight: "strong", width: width - 8 });
      if (note !== "") writer.line(note, x, top + 42, { size: 7.5, color: INK.soft, width: width - 8 });
    });
  }
  writer.rule(LEFT, top + 58, INNER);
  return top + 58;
}

function heading(writer: SheetWriter, text: string, note: string, y: number): number {
  writer.part("H2", () => writer.line(text, LEFT, y, { size: 12, weight: "strong" }));
  writer.part("P", () => writer.line(note, LEFT, y + 17, { size: 8.5, color: INK.soft, width: INNER }));
  return y + 34;
}

function economicsChart({ currency, result, writer }: Drawn, top: number): number {
  const lines = ECONOMICS_LINES.filter(({ side }) => side !== "fixed").flatMap(({ label, of, side }) => {
    const amount = of(result.economics).toNumber();
    return amount === 0 ? [] : [{ label, amount, side }];
  });
  const { contribution } = result.economics;
  const y = heading(
    writer,
    "What does one pull request bring and cost?",
    `What is left of each: ${formatMoney(contribution.toNumber(), currency)}, before ${formatMoney(result.economics.fixedMonthly.toNumber(), currency)} that a month costs anyway.`,
    top,
  );
  const longest = Math.max(...lines.map(({ amount }) => Math.abs(amount)), 1e-9);
  const [label, room] = [210, INNER - 210 - 70];
  const words = lines.map((line) => `${line.label} ${formatMoney(line.amount, currency)}`).join("; ");
  writer.part(
    "Figure",
    () => {
      for (const [index, line] of lines.entries()) {
        const at = y + index * 15;
        writer.line(line.label, LEFT, at, { size: 8.5, width: label - 8 });
        writer.box(
          LEFT + label,
          at + 1,
          (Math.abs(line.amount) / longest) * room,
          9,
          line.side === "benefit" ? INK.good : INK.bad,
        );
        writer.line(formatMoney(line.amount, currency), LEFT + INNER - 66, at, {
          size: 8.5,
          width: 66,
          align: "right",
        });
      }
    },
    words,
  );
  return y + lines.length * 15;
}

function chanceChart({ chance, currency, writer }: Drawn, top: number): number {
  const { histogram, p10, p50, p90, positive } = chance.net;
  const y = heading(
    writer,
    "How sure is that?",
    `Net of a month in ${formatCount(chance.trials)} draws, seed ${chance.seed}: 1 in 10 below ${formatMoney(p10, currency)}, half below ${formatMoney(p50, currency)}, 1 in 10 above ${formatMoney(p90, currency)}.`,
    top,
  );
  const [first, last] = [histogram[0], histogram.at(-1)];
  if (first === undefined || last === undefined) return y;
  const [height, span] = [Math.min(200, PAGE.height - PAGE.margin - 60 - y), Math.max(last.to - first.from, 1e-9)];
  const most = Math.max(...histogram.map(({ count }) => count), 1);
  const at = (value: number) => LEFT + ((value - first.from) / span) * INNER;
  writer.part(
    "Figure",
    () => {
      for (const { count, from, to } of histogram) {
        const bar = (count / most) * height;
        writer.box(
          at(from),
          y + height - bar,
          Math.max(0.5, at(to) - at(from) - 1),
          bar,
          from >= 0 ? INK.good : INK.bad,
        );
      }
      writer.rule(LEFT, y + height, INNER, INK.soft);
      if (first.from < 0 && last.to > 0) writer.upright(at(0), y - 2, height + 6);
      writer.line(formatMoney(first.from, currency), LEFT, y + height + 5, { size: 8, color: INK.soft });
      writer.line(formatMoney(last.to, currency), LEFT, y + height + 5, {
        size: 8,
        color: INK.soft,
        width: INNER,
        align: "right",
      });
    },
    `${formatPercent(positive, 0)} of the draws end above zero`,
  );
  return y + height + 16;
}

function teamTable({ currency, report, result, writer }: Drawn, top: number): number {
  const named = nameParts(report);
  const rows = named.map(({ name, part }) => {
    const inputs = valuesOf(part.model.inputs as NonNullable<typeof part.model.inputs>);
    return { name, volume: Number(inputs.pullRequestsPerMonth), result: runModel(inputs, currency) };
  });
  const shown = rows.slice(0, MOST_TEAMS);
  const left = rows.length - shown.length;
  const y = heading(
    writer,
    "By team",
    `Each on its own figures; they come to the total to the cent.${left > 0 ? ` ${formatCount(left)} more are in the workbook.` : ""}`,
    top,
  );
  const columns = [
    { head: "PRs a month", x: 175, width: 55 },
    { head: "Left of each", x: 232, width: 62 },
    { head: "Break-even", x: 296, width: 55 },
    { head: "Net a month", x: 353, width: 65 },
    { head: "Net present value", x: 420, width: INNER - 420 },
  ];
  const cells = (volume: number, of: ModelResult): string[] => [
    formatCount(Math.round(volume)),
    volume === 0 ? "–" : formatMoney(of.economics.contribution.toNumber(), currency),
    volume === 0 ? "–" : of.breakEven === null ? "none" : formatCount(of.breakEven.volume.toNumber()),
    formatMoney(major(of.steadyNet, currency), currency),
    formatMoney(major(of.netPresentValue, currency), currency),
  ];
  const volume = Number(report.models.whole.inputs?.pullRequestsPerMonth.value ?? 0);
  const all = [...shown, { name: "Total", volume, result }];
  writer.part("Table", () => {
    for (const { head, width, x } of columns)
      writer.line(head, LEFT + x, y, { size: 8, color: INK.soft, width, align: "right" });
    writer.rule(LEFT, y + 13, INNER);
    for (const [index, row] of all.entries()) {
      const at = y + 18 + index * 14.5;
      const weight = row.name === "Total" ? "strong" : "regular";
      if (weight === "strong") writer.rule(LEFT, at - 3, INNER);
      writer.line(row.name, LEFT, at, { size: 8.5, weight, width: 170 });
      for (const [column, text] of cells(row.volume, row.result).entries()) {
        const { width, x } = columns[column] as (typeof columns)[0];
        writer.line(text, LEFT + x, at, { size: 8.5, weight, width, align: "right" });
      }
    }
  });
  return y + 18 + all.length * 14.5;
}

function courseChart({ currency, result, writer }: Drawn, top: number): number {
  let sum = new Decimal(0);
  const course = result.flows.map(({ net }) => {
    sum = sum.plus(net);
    return major(sum, currency);
  });
  const ends =
    result.payback === null
      ? `not paid back within ${course.length - 1} months`
      : `paid back after ${result.payback.fractional.toFixed(1)} months`;
  const y = heading(writer, "When does it pay back?", `Net so far, month by month: ${ends}.`, top);
  const [low, high] = [Math.min(0, ...course), Math.max(0, ...course)];
  const [height, span] = [90, Math.max(high - low, 1e-9)];
  const at = (value: number) => y + height - ((value - low) / span) * height;
  writer.part(
    "Figure",
    () => {
      writer.rule(LEFT, at(0), INNER, INK.soft);
      writer.path(
        course.map((value, month) => [LEFT + (month / Math.max(1, course.length - 1)) * INNER, at(value)] as const),
        INK.good,
      );
      writer.line("month 0", LEFT, y + height + 5, { size: 8, color: INK.soft });
      writer.line(`month ${course.length - 1}: ${formatMoney(course.at(-1) ?? 0, currency)}`, LEFT, y + height + 5, {
        size: 8,
        color: INK.soft,
        width: INNER,
        align: "right",
      });
    },
    `Net so far ends at ${formatMoney(course.at(-1) ?? 0, currency)}; ${ends}`,
  );
  return y + height + 16;
}

function swingChart({ currency, report, writer }: Drawn, top: number): number {
  const { inputs } = report.models.whole;
  if (inputs === null) return top;
  const swings = tornado(valuesOf(inputs), rangesOf(inputs), currency).slice(0, SWINGS);
  const room = Math.floor((PAGE.height - PAGE.margin - 34 - top - 40) / 14.5);
  const shown = swings.slice(0, Math.max(0, room));
  if (shown.length === 0) return top;
  const y = heading(
    writer,
    "What would change it most?",
    "Net present value where one input is at either end of its range, and all others stay.",
    top,
  );
  const ends = shown.map(({ input, valueAtHigh, valueAtLow }) => {
    const [a, b] = [major(valueAtLow, currency), major(valueAtHigh, currency)];
    return { label: modelInputWords(input).label, low: Math.min(a, b), high: Math.max(a, b) };
  });
  const [least, most] = [Math.min(...ends.map(({ low }) => low)), Math.max(...ends.map(({ high }) => high))];
  const [label, width] = [190, INNER - 190 - 150];
  const at = (value: number) => LEFT + label + ((value - least) / Math.max(most - least, 1e-9)) * width;
  writer.part(
    "Figure",
    () => {
      for (const [index, { high, label: name, low }] of ends.entries()) {
        const row = y + index * 14.5;
        writer.line(name, LEFT, row, { size: 8.5, width: label - 8 });
        writer.box(at(low), row + 1, Math.max(1, at(high) - at(low)), 8, INK.pale);
        writer.line(`${formatMoney(low, currency)} to ${formatMoney(high, currency)}`, LEFT + INNER - 145, row, {
          size: 8,
          color: INK.soft,
          width: 145,
          align: "right",
        });
      }
    },
    ends
      .map(({ high, label: name, low }) => `${name}: ${formatMoney(low, currency)} to ${formatMoney(high, currency)}`)
      .join("; "),
  );
  return y + ends.length * 14.5;
}

function footer({ report, writer }: Drawn, page: number): void {
  const y = PAGE.height - PAGE.margin - 20;
  const { lines, models } = report;
  writer.part("P", () => {
    writer.rule(LEFT, y - 6, INNER);
    writer.line(
      `Data complete to ${models.asOf ?? "nowhere"}. Ledger: ${formatCount(lines.length)} lines, SHA-256 ${ledgerHash(lines).slice(0, 16)}…`,
      LEFT,
      y,
      { size: 7.5, color: INK.soft, width: INNER - 60 },
    );
    writer.line(`${page} of 2`, LEFT, y, { size: 7.5, color: INK.soft, width: INNER, align: "right" });
  });
}
