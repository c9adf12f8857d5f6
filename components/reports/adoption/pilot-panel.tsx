"use client";

import { useMemo, useState } from "react";
import { useNameOf } from "@/components/filters/use-filters";
import { ReportPanel } from "@/components/layout/report-panel";
import { StateMessage } from "@/components/layout/state-message";
import { useWorkspace } from "@/components/layout/workspace-context";
import { PanelChoice } from "@/components/metrics/panel-tool";
import { usePilot } from "@/components/query/use-rollout";
import { QueryError } from "@/components/reports/query-error";
import { capitalised, formatPercent } from "@/lib/core/format";
import type { PilotAnswer, Rollout } from "@/lib/metrics/rollout/types";
import type { MetricDescriptor, MetricFilters } from "@/lib/metrics/types";
import { EFFECT_METRICS } from "./adoption-requests";
import { changeWords } from "./effect-words";

const WEEKS = [4, 8, 13, 26] as const;

/** Before a pilot begins: which teams, for how long, and how large an effect would have to be to be seen. */
export function PilotPanel({ rollout, filters }: { rollout: Rollout | undefined; filters: MetricFilters }) {
  const { descriptors } = useWorkspace();
  const nameOf = useNameOf();
  const metrics = useMemo(
    () => EFFECT_METRICS.flatMap((id) => descriptors.find((one) => one.id === id) ?? []),
    [descriptors],
  );
  const all = useMemo(() => (rollout?.teams ?? []).map(({ team }) => team), [rollout]);
  const [metric, setMetric] = useState<string>(EFFECT_METRICS[0]);
  const [weeks, setWeeks] = useState<(typeof WEEKS)[number]>(13);
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  // Half of the teams sees the most; whoever plans leaves out those that are not asked.
  const teams = chosen ?? all.slice(0, Math.ceil(all.length / 2));
  const shown = metrics.find(({ id }) => id === metric) ?? metrics[0];
  const request =
    shown === undefined || teams.length === 0 ? null : { metric: shown.id, teams: [...teams], weeks, filters };
  const { data, error, refetch } = usePilot(request);
  if (error !== null) return <QueryError error={error} onRetry={() => refetch()} />;
  return (
    <ReportPanel
      title="What could a pilot show?"
      note="Before it begins: teams change from one stretch of weeks to the next without any pilot. An effect has to stand out from that to be seen."
      className="lg:col-span-2"
    >
      {all.length < 4 ? (
        <StateMessage compact title="A pilot is held against teams that are not in it">
          <p>That takes two teams on each side; four make it possible to call anything significant.</p>
        </StateMessage>
      ) : (
        <>
          <div className="flex flex-wrap gap-x-6">
            <PanelChoice
              label="Effect on"
              value={shown?.id ?? ""}
              options={metrics.map(({ id, shortTitle }) => ({ value: id, label: shortTitle }))}
              onChange={setMetric}
            />
            <PanelChoice
              label="Weeks of the pilot"
              value={String(weeks)}
              options={WEEKS.map((one) => ({ value: String(one), label: `${one} weeks` }))}
              onChange={(value) => setWeeks(WEEKS.find((one) => String(one) === value) ?? weeks)}
            />
          </div>
          <fieldset className="mt-3">
            <legend className="mb-1 text-sm font-medium">Teams of the pilot</legend>
            <div className="flex flex-wrap gap-x-4 gap-y-1">
              {all.map((team) => (
                <label key={team} className="flex min-h-6 items-center gap-1.5 text-sm text-ink-2">
                  <input
                    type="checkbox"
                    className="size-4 accent-brand"
                    checked={teams.includes(team)}
                    onChange={() =>
                      setChosen(all.filter((one) => (one === team ? !teams.includes(one) : teams.includes(one))))
                    }
                  />
                  {nameOf("team", team)}
                </label>
              ))}
            </div>
          </fieldset>
          <div aria-live="polite" className="mt-4 min-h-16">
            {request === null ? (
              <p className="text-ink-2">Choose the teams that would begin.</p>
            ) : (
              data !== undefined && shown !== undefined && <Answer answer={data} descriptor={shown} />
            )}
          </div>
        </>
      )}
    </ReportPanel>
  );
}

function Answer({ answer, descriptor }: { answer: PilotAnswer; descriptor: MetricDescriptor }) {
  const { control, detectable, isRatio, mayBeSignificant, reason, relative, treated, weeks } = answer;
  if (detectable === null) return <p className="text-ink-2">{capitalised(reason ?? "this is not known")}.</p>;
  const share = relative === null || isRatio ? "" : `, ${formatPercent(relative, 0)} of what teams come to now`;
  return (
    <>
      <p className="num text-xl font-[550] tracking-[-0.01em]">
        {changeWords(detectable, isRatio, descriptor)}
        {share}
      </p>
      <p className="num mt-0.5 max-w-[62em] text-note text-ink-2">
        The smallest effect on “{descriptor.title.toLowerCase()}” that {treated} teams against {control} would show four
        times in five in {weeks} weeks. A smaller one would most likely look like chance.
        {!mayBeSignificant && " It takes four teams on each side before anything is called significant."}
      </p>
    </>
  );
}
