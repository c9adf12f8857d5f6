import { Decimal } from "@/lib/core/decimal";
import { formatCount, formatMoney, formatPercent } from "@/lib/core/format";
import { modelInputWords } from "@/lib/core/roi-inputs";
import { INK, INNER, PAGE } from "@/lib/exports/pdf/sheet-writer";
import { rangesOf, valuesOf } from "@/lib/metrics/money/types";
import { ECONOMICS_LINES } from "@/lib/roi/engine/economics-lines";
import { tornado } from "@/lib/roi/engine/tornado";
import { type Drawn, heading, LEFT, major } from "./drawn-report";

/** Inputs that the chart of swings has at most. */
const SWINGS = 8;

/** What one pull request brings and costs, line by line. @returns where the next thing begins */
export function economicsChart({ currency, result, writer }: Drawn, top: number): number {
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

/** Net of a month in all draws. @returns where the next thing begins */
export function chanceChart({ chance, currency, writer }: Drawn, top: number): number {
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

/** Net so far, month by month. @returns where the next thing begins */
export function courseChart({ currency, result, writer }: Drawn, top: number): number {
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

/** What each uncertain input does to the net present value. @returns where the next thing begins */
export function swingChart({ currency, report, writer }: Drawn, top: number): number {
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
