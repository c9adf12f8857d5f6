import { formatCount, formatMoney } from "@/lib/core/format";
import { INK, INNER } from "@/lib/exports/pdf/sheet-writer";
import { valuesOf } from "@/lib/metrics/money/types";
import { type ModelResult, runModel } from "@/lib/roi/engine/run-model";
import { type Drawn, heading, LEFT, major } from "./drawn-report";
import { nameParts } from "./part-names";

/** Teams that a page has room for; the others are told together. */
const MOST_TEAMS = 22;

/** Every team and the total. @returns where the next thing begins */
export function teamTable({ currency, report, result, writer }: Drawn, top: number): number {
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
