import { formatCount, formatMoney, formatPercent } from "@/lib/core/format";
import { modelInputWords } from "@/lib/core/roi-inputs";
import { INK, INNER, PAGE, SheetWriter } from "@/lib/exports/pdf/sheet-writer";
import { ledgerHash } from "@/lib/metrics/closes/ledger-hash";
import type { RoiReport } from "@/lib/metrics/money/read-report";
import { answerSentences, periodText, roiAnswer } from "./answer";
import { chanceChart, courseChart, economicsChart, swingChart } from "./document-charts";
import { teamTable } from "./document-table";
import { type Drawn, LEFT, major } from "./drawn-report";

const TITLE = "Return on investment of coding agents";

/** A report as two pages for a board: the answer, how sure it is, what it is made of, and each team. */
export function roiDocument(report: RoiReport): AsyncGenerator<Uint8Array> {
  const { models } = report;
  const answer = roiAnswer(report);
  const made = new Date(models.asOf ?? report.period.to);
  const writer = new SheetWriter({ title: TITLE, made });
  if (answer === null) {
    withoutModel(writer, report);
    return writer.bytes();
  }
  const drawn: Drawn = { writer, report, ...answer };
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

function opening(drawn: Drawn): number {
  const { report, writer } = drawn;
  const { answer, from, rests } = answerSentences(drawn);
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
