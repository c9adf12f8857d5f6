"use client";

import { parseAsString, useQueryState } from "nuqs";
import { useMemo } from "react";
import { ChartLegend } from "@/components/charts/chart-legend";
import { LazyTrendChart } from "@/components/charts/lazy-charts";
import { measuredTrend } from "@/components/charts/measured-trend";
import { prepareTrend, type TrendSeries } from "@/components/charts/prepare-trend";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { useNameOf } from "@/components/filters/use-filters";
import { StateMessage } from "@/components/layout/state-message";
import { useWorkspace } from "@/components/layout/workspace-context";
import { formatMetricValue } from "@/components/metrics/format-metric";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { PanelChoice } from "@/components/metrics/panel-tool";
import { useRolloutEffect } from "@/components/query/use-rollout";
import { QueryError } from "@/components/reports/query-error";
import { capitalised, formatDate, formatList } from "@/lib/core/format";
import type { EffectAnswer, Rollout, TeamEffect, Wave } from "@/lib/metrics/rollout/types";
import type { MetricDescriptor, MetricFilters, MetricRow } from "@/lib/metrics/types";
import { EFFECT_METRICS } from "./adoption-requests";
import { effectWords } from "./effect-words";

/** What came of a wave of teams beyond what changed anyway. */
export function EffectPanel({ rollout, filters }: { rollout: Rollout | undefined; filters: MetricFilters }) {
  const { descriptors } = useWorkspace();
  const nameOf = useNameOf();
  const metrics = useMemo(
    () => EFFECT_METRICS.flatMap((id) => descriptors.find((one) => one.id === id) ?? []),
    [descriptors],
  );
  const [metric, setMetric] = useQueryState("effect", parseAsString.withDefault(EFFECT_METRICS[0]));
  const [chosen, setWave] = useQueryState("wave", parseAsString);
  const waves = rollout?.waves ?? [];
  const comparable = waves.filter(({ reason }) => reason === null);
  const wave = comparable.find(({ from }) => from === chosen) ?? comparable.at(-1);
  const shown = metrics.find(({ id }) => id === metric) ?? metrics[0];
  const request = wave === undefined || shown === undefined ? null : { metric: shown.id, wave: wave.from, filters };
  const { data, error, isPlaceholderData, refetch } = useRolloutEffect(request);
  if (error !== null) return <QueryError error={error} onRetry={() => refetch()} />;
  const named = (teams: readonly string[]) => formatList(teams.map((slug) => nameOf("team", slug)));
  return (
    <MetricPanel
      title="What came of it?"
      note={
        wave === undefined
          ? "The change of teams that began, less that of teams that had not begun yet."
          : `${named(wave.treated)} began ${spanWords(wave)}; ${named(wave.control)} had not yet.`
      }
      className="lg:col-span-2"
      pending={rollout === undefined || (request !== null && data === undefined)}
      busy={isPlaceholderData}
      picture={data !== undefined}
      {...(data !== undefined && {
        file: () => [
          ["week", "before", "began", "had_not_begun"],
          ...data.weeks.map(({ control, isBefore, treated, week }) => [week, isBefore, treated, control]),
        ],
      })}
      tools={
        wave !== undefined && (
          <>
            {comparable.length > 1 && (
              <PanelChoice
                label="Wave"
                value={wave.from}
                options={comparable.map(({ from }) => ({ value: from, label: dayWords(from) }))}
                onChange={setWave}
              />
            )}
            <PanelChoice
              label="Effect on"
              value={shown?.id ?? ""}
              options={metrics.map(({ id, shortTitle }) => ({ value: id, label: shortTitle }))}
              onChange={setMetric}
            />
          </>
        )
      }
    >
      {wave === undefined || shown === undefined ? (
        <NoComparison waves={waves} nameOf={named} />
      ) : (
        data !== undefined && <Effect answer={data} descriptor={shown} />
      )}
    </MetricPanel>
  );
}

const dayWords = (day: string): string => formatDate(`${day}T12:00:00Z`, "UTC");

const spanWords = ({ from, to }: Pick<Wave, "from" | "to">): string =>
  from === to ? `on ${dayWords(from)}` : `between ${dayWords(from)} and ${dayWords(to)}`;

function NoComparison({ waves, nameOf }: { waves: readonly Wave[]; nameOf: (teams: readonly string[]) => string }) {
  if (waves.length === 0) {
    return (
      <StateMessage compact title="Nobody entered when teams began">
        <p>Enter the phases of at least three teams that began and of three that had not, at Administration, Teams.</p>
      </StateMessage>
    );
  }
  return (
    <StateMessage compact title="No teams can be compared yet">
      <ul className="grid gap-1 text-left">
        {waves.map((wave) => (
          <li key={wave.from}>
            {nameOf(wave.treated)}, {spanWords(wave)}: {wave.reason}.
          </li>
        ))}
      </ul>
    </StateMessage>
  );
}

/** A mean of so many teams as a row that charts draw. */
const rowOf = (week: string, value: number | null, teams: number): MetricRow => ({
  bucket: `${week}T12:00:00.000Z`,
  group: {},
  value,
  lo: null,
  hi: null,
  method: "none",
  k: null,
  n: teams,
  exposure: null,
  immature: 0,
  excluded: {},
  flags: [],
});

function Effect({ answer, descriptor }: { answer: EffectAnswer; descriptor: MetricDescriptor }) {
  const { reason, teams, wave, weeks } = answer;
  const data = useMemo(() => {
    const series: TrendSeries[] = [
      {
        key: "treated",
        label: "Began",
        color: "var(--agent)",
        rows: weeks.map(({ treated, week }) => rowOf(week, treated, wave.treated.length)),
      },
      {
        key: "control",
        label: "Had not begun",
        color: "var(--human)",
        rows: weeks.map(({ control, week }) => rowOf(week, control, wave.control.length)),
      },
    ];
    // Weeks are days here and no instants.
    return prepareTrend(series, "week", "UTC", measuredTrend(descriptor.unit));
  }, [descriptor.unit, wave, weeks]);
  const began = weeks.findIndex(({ isBefore }) => !isBefore);
  const marks = useMemo(() => (began < 0 ? [] : [{ at: began - 0.5, label: "Began" }]), [began]);
  const columns = useMemo(() => teamColumns(descriptor), [descriptor]);
  const nameOf = useNameOf();
  const words = effectWords(answer, descriptor);
  const rows = useMemo(() => teams.map((one) => ({ ...one, name: nameOf("team", one.team) })), [nameOf, teams]);
  return (
    <div className="grid gap-x-8 gap-y-4 @3xl:grid-cols-2">
      <div>
        {words === null ? (
          <p className="text-ink-2">{reason === null ? "Nothing to compare." : `${capitalised(reason)}.`}</p>
        ) : (
          <>
            <p className="text-note text-ink-2">{descriptor.title}</p>
            <p className="num text-xl font-[550] tracking-[-0.01em]">{words.headline}</p>
            <p className="num mt-0.5 text-note text-ink-2">{words.basis}</p>
            <ul className="mt-3 grid list-disc gap-1 pl-4 text-note text-ink-2">
              {words.checks.map((check) => (
                <li key={check}>{check}</li>
              ))}
            </ul>
          </>
        )}
        <div className="mt-4">
          <DataTable caption="Teams before and after" columns={columns} rows={rows} rowKey={({ team }) => team} />
        </div>
      </div>
      <div>
        <LazyTrendChart
          data={data}
          title={descriptor.title}
          desc="Two lines, one point per week: the means of the teams that began and of those that had not."
          marks={marks}
        />
        <ChartLegend items={[...data.series]} />
        <p className="mt-1 text-note text-ink-3">
          {answer.isRatio
            ? "Geometric means of the teams’ medians; the effect is a ratio."
            : "Means of the teams, each of which counts the same."}
        </p>
      </div>
    </div>
  );
}

type TeamRow = TeamEffect & { name: string };

function teamColumns(descriptor: MetricDescriptor): DataColumn<TeamRow>[] {
  const amountOf = (value: number | null) =>
    value === null ? <span className="text-ink-3">not known</span> : formatMetricValue(descriptor, value);
  return [
    { id: "team", header: "Team", rowHeader: true, sortValue: ({ name }) => name, cell: ({ name }) => name },
    {
      id: "arm",
      header: "Arm",
      className: "max-md:hidden",
      sortValue: ({ arm }) => arm,
      cell: ({ arm }) => (arm === "treated" ? "began" : "had not"),
    },
    {
      id: "before",
      header: "Before",
      align: "right",
      sortValue: ({ before }) => before,
      cell: ({ before }) => amountOf(before),
    },
    {
      id: "after",
      header: "After",
      align: "right",
      sortValue: ({ after }) => after,
      cell: ({ after }) => amountOf(after),
    },
  ];
}
