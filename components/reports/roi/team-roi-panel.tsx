import { DataTable } from "@/components/data-table/data-table";
import { useNameOf } from "@/components/filters/use-filters";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { metricsCsvHref } from "@/components/query/export-href";
import { formatCount, formatDecimal, formatMoney, formatPercent } from "@/lib/core/format";
import { toMajor } from "@/lib/core/money";
import { type TeamModels, valuesOf } from "@/lib/metrics/money/types";
import type { MetricsRequest } from "@/lib/metrics/types";
import { type ModelResult, runModel } from "@/lib/roi/engine/run-model";

interface TeamRow {
  team: string;
  name: string;
  currency: string;
  volume: number | null;
  result: ModelResult | null;
  reason: string;
}

const FOLD = 15;

/** The model of each team, in alphabetical order. */
export function TeamRoiPanel({ teams, request }: { teams: TeamModels["teams"]; request: MetricsRequest }) {
  const nameOf = useNameOf();
  const rows = teams
    .map(({ model, team }): TeamRow => {
      const { currency, inputs, reason } = model;
      return {
        team,
        name: nameOf("team", team),
        currency: currency ?? "USD",
        volume: inputs === null ? null : Number(inputs.pullRequestsPerMonth.value),
        result: inputs === null || currency === null ? null : runModel(valuesOf(inputs), currency),
        reason: reason ?? "",
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
  const major = ({ currency }: TeamRow, minor: ModelResult["steadyNet"]) => toMajor(minor, currency).toNumber();
  return (
    <MetricPanel
      title="By team"
      note="Each team is a model of its own on its own figures; they do not add up to the whole."
      className="lg:col-span-2"
      csvHref={metricsCsvHref(request)}
    >
      <DataTable
        caption="The model of each team"
        rows={rows}
        rowKey={({ team }) => team}
        fold={FOLD}
        columns={[
          { id: "team", header: "Team", rowHeader: true, sortValue: ({ name }) => name, cell: ({ name }) => name },
          {
            id: "volume",
            header: "PRs a month",
            align: "right",
            className: "max-sm:hidden",
            sortValue: ({ volume }) => volume,
            cell: ({ volume }) => (volume === null ? "–" : formatDecimal(volume, 0)),
          },
          {
            id: "contribution",
            header: "Left of each",
            align: "right",
            className: "max-md:hidden",
            sortValue: ({ result }) => result?.economics.contribution.toNumber() ?? null,
            cell: ({ currency, result }) =>
              result === null ? "–" : formatMoney(result.economics.contribution.toNumber(), currency),
          },
          {
            id: "breakEven",
            header: "Break-even",
            align: "right",
            sortValue: ({ result }) => result?.breakEven?.volume.toNumber() ?? null,
            cell: ({ reason, result }) =>
              result === null ? (
                <span className="inline-block max-w-44 whitespace-normal text-ink-3">{reason}</span>
              ) : result.breakEven === null ? (
                <span className="text-bad">none</span>
              ) : (
                formatCount(result.breakEven.volume.toNumber())
              ),
          },
          {
            id: "net",
            header: "Net a month",
            align: "right",
            sortValue: (row) => (row.result === null ? null : major(row, row.result.steadyNet)),
            cell: (row) => (row.result === null ? "–" : formatMoney(major(row, row.result.steadyNet), row.currency)),
          },
          {
            id: "roi",
            header: "ROI",
            align: "right",
            sortValue: ({ result }) => result?.returnOnInvestment?.toNumber() ?? null,
            cell: ({ result }) =>
              result?.returnOnInvestment == null ? "–" : formatPercent(result.returnOnInvestment.toNumber(), 0),
          },
          {
            id: "npv",
            header: "Net present value",
            align: "right",
            className: "max-md:hidden",
            sortValue: (row) => (row.result === null ? null : major(row, row.result.netPresentValue)),
            cell: (row) =>
              row.result === null ? "–" : formatMoney(major(row, row.result.netPresentValue), row.currency),
          },
        ]}
      />
    </MetricPanel>
  );
}
