import { DataTable } from "@/components/data-table/data-table";
import { useNameOf } from "@/components/filters/use-filters";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { metricsCsvHref } from "@/components/query/export-href";
import { formatCount, formatDecimal, formatMoney, formatPercent } from "@/lib/core/format";
import { toMajor } from "@/lib/core/money";
import type { AllocationKey } from "@/lib/core/roi-inputs";
import { type ModelPart, type TeamModels, valuesOf } from "@/lib/metrics/money/types";
import type { MetricsRequest } from "@/lib/metrics/types";
import { type ModelResult, runModel } from "@/lib/roi/engine/run-model";
import { ALLOCATION_WORDS } from "./input-words";

interface TeamRow {
  key: string;
  name: string;
  currency: string;
  volume: number | null;
  result: ModelResult | null;
  reason: string;
}

const FOLD = 15;

const KIND_NAMES = { no_team: "In no team", unallocated: "Unallocated" } as const;

/** The model of each team, in alphabetical order, what is allocated to none, and what all of them come to. */
export function TeamRoiPanel({
  models,
  total,
  currency,
  request,
}: {
  models: TeamModels;
  total: ModelResult;
  currency: string;
  request: MetricsRequest;
}) {
  const nameOf = useNameOf();
  const { allocations, parts, whole } = models;
  const nameOfPart = ({ kind, org, team }: ModelPart) => {
    const name = kind === "team" ? nameOf("team", team ?? "") : KIND_NAMES[kind];
    return allocations.length > 1 ? `${name} (${nameOf("org", org)})` : name;
  };
  const rowOf = (part: ModelPart): TeamRow => {
    const { inputs, reason } = part.model;
    return {
      key: `${part.org}/${part.kind}/${part.team ?? ""}`,
      name: nameOfPart(part),
      currency,
      volume: inputs === null ? null : Number(inputs.pullRequestsPerMonth.value),
      result: inputs === null ? null : runModel(valuesOf(inputs), currency),
      reason: reason ?? "",
    };
  };
  const unallocated = parts.filter(({ kind }) => kind === "unallocated").map(rowOf);
  const noTeam = parts.filter(({ kind }) => kind === "no_team").map(rowOf);
  const teams = parts
    .filter(({ kind }) => kind === "team")
    .map(rowOf)
    .sort((a, b) => a.name.localeCompare(b.name));
  const sum: TeamRow = {
    key: "total",
    name: "Total",
    currency,
    volume: whole.inputs === null ? null : Number(whole.inputs.pullRequestsPerMonth.value),
    result: total,
    reason: "",
  };
  const major = (minor: ModelResult["steadyNet"]) => toMajor(minor, currency).toNumber();
  return (
    <MetricPanel
      title="By team"
      note={`Each team on its own figures; together they come to the total, to the cent. ${allocationNote(allocations.map(({ key }) => key))}`}
      className="lg:col-span-2"
      csvHref={metricsCsvHref(request)}
    >
      <DataTable
        caption="The model of each team"
        rows={[...teams, ...noTeam]}
        foot={[...unallocated, sum]}
        rowKey={({ key }) => key}
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
            sortValue: ({ result, volume }) =>
              volume === 0 ? null : (result?.economics.contribution.toNumber() ?? null),
            cell: ({ result, volume }) =>
              result === null || volume === 0 ? "–" : formatMoney(result.economics.contribution.toNumber(), currency),
          },
          {
            id: "breakEven",
            header: "Break-even",
            align: "right",
            sortValue: ({ result, volume }) => (volume === 0 ? null : (result?.breakEven?.volume.toNumber() ?? null)),
            cell: ({ reason, result, volume }) => {
              if (result === null)
                return <span className="inline-block max-w-44 whitespace-normal text-ink-3">{reason}</span>;
              if (volume === 0) return "–";
              if (result.breakEven === null) return <span className="text-bad">none</span>;
              return formatCount(result.breakEven.volume.toNumber());
            },
          },
          {
            id: "net",
            header: "Net a month",
            align: "right",
            sortValue: ({ result }) => (result === null ? null : major(result.steadyNet)),
            cell: ({ result }) => (result === null ? "–" : formatMoney(major(result.steadyNet), currency)),
          },
          {
            id: "roi",
            header: "ROI",
            align: "right",
            className: "max-sm:hidden",
            sortValue: ({ result }) => result?.returnOnInvestment?.toNumber() ?? null,
            cell: ({ result }) =>
              result?.returnOnInvestment == null ? "–" : formatPercent(result.returnOnInvestment.toNumber(), 0),
          },
          {
            id: "npv",
            header: "Net present value",
            align: "right",
            className: "max-md:hidden",
            sortValue: ({ result }) => (result === null ? null : major(result.netPresentValue)),
            cell: ({ result }) => (result === null ? "–" : formatMoney(major(result.netPresentValue), currency)),
          },
        ]}
      />
    </MetricPanel>
  );
}

/** By what costs of all are shared out, where all organisations do it by the same. */
function allocationNote(keys: readonly AllocationKey[]): string {
  const [key, other] = [...new Set(keys)];
  if (key === undefined || other !== undefined) return "Costs of all are shared out by the key of each organisation.";
  return ALLOCATION_WORDS[key].note;
}
