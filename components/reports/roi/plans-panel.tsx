"use client";

import { XIcon } from "lucide-react";
import { parseAsArrayOf, parseAsString, useQueryState } from "nuqs";
import { useMemo } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { FilterChip } from "@/components/filters/filter-chip";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { useScenarioRemoval, useScenarios } from "@/components/query/use-scenarios";
import { Button } from "@/components/ui/button";
import type { Decimal } from "@/lib/core/decimal";
import { formatMoney, formatPercent, formatQuantity } from "@/lib/core/format";
import { toMajor } from "@/lib/core/money";
import { modelInputWords } from "@/lib/core/roi-inputs";
import type { InputKey, ModelInputs } from "@/lib/roi/engine/inputs";
import { type ModelResult, runModel } from "@/lib/roi/engine/run-model";
import { chosenPlans, differingInputs, MOST_PLANS, measuredPlan, type Plan, plansOf } from "./compared-plans";
import { formatInput } from "./input-words";

type Row = Plan & { result: ModelResult };

/** Up to four plans beside each other: as measured, kept ones, published ones. Which, stands in the address. */
export function PlansPanel({
  inputs,
  currency,
  mayRemove,
}: {
  inputs: ModelInputs;
  currency: string;
  mayRemove: boolean;
}) {
  const [ids, setIds] = useQueryState("plans", parseAsArrayOf(parseAsString));
  const kept = useScenarios();
  const removal = useScenarioRemoval();
  const all = useMemo(() => plansOf(measuredPlan(inputs, currency), kept.data ?? []), [currency, inputs, kept.data]);
  const rows = useMemo(
    () => chosenPlans(all, ids).map((plan): Row => ({ ...plan, result: runModel(plan.inputs, plan.currency) })),
    [all, ids],
  );
  const others = all.filter(({ id, isRemoved }) => isRemoved !== true && !rows.some((row) => row.id === id));
  const choose = (next: readonly string[]) => setIds(next.length === 0 ? null : [...next]);
  const without = (id: string) => rows.filter((row) => row.id !== id).map((row) => row.id);
  const own = new Set((kept.data ?? []).flatMap(({ id, isRemoved }) => (isRemoved ? [] : String(id))));
  return (
    <MetricPanel
      title="How do plans compare?"
      note="Each through the same model. What you keep under “What if?” stands here; published ones are there to hold one’s own against, never a target."
      className="lg:col-span-2"
      pending={kept.isPending}
      file={() => [
        ["input", ...rows.map(({ name }) => name)],
        ...Object.keys(inputs).map((key) => [key, ...rows.map((row) => Number(row.inputs[key as InputKey]))]),
        ["net_month", ...rows.map(({ currency: of, result }) => toMajor(result.steadyNet, of).toNumber())],
        ["npv", ...rows.map(({ currency: of, result }) => toMajor(result.netPresentValue, of).toNumber())],
        ["currency", ...rows.map((row) => row.currency)],
      ]}
    >
      {others.length > 0 && rows.length < MOST_PLANS && (
        <label className="mb-2 flex w-fit flex-wrap items-center gap-2 text-note text-ink-2">
          Add a plan
          <select
            value=""
            onChange={({ target }) => choose([...rows.map(({ id }) => id), target.value])}
            className="h-8 max-w-64 rounded-md border border-line-control bg-panel px-2 text-sm"
          >
            <option value="" disabled>
              Choose…
            </option>
            {others.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <FormAlert message={kept.error?.message ?? removal.error?.message ?? null} />
      <DataTable caption="Plans" columns={ANSWERS} rows={rows} rowKey={({ id }) => id} />
      <ul className="mt-3 flex flex-wrap gap-2">
        {rows.length > 1 &&
          rows.map(({ id, name }) => (
            <li key={id}>
              <FilterChip aria-label={`Leave out ${name}`} onClick={() => choose(without(id))}>
                {name}
                <XIcon className="size-3.5 text-ink-3" />
              </FilterChip>
            </li>
          ))}
        {mayRemove &&
          rows
            .filter(({ id }) => own.has(id))
            .map(({ id, name }) => (
              <li key={`remove ${id}`}>
                <Button
                  variant="ghost"
                  size="sm"
                  disabled={removal.isPending}
                  onClick={() => removal.mutate(Number(id), { onSuccess: () => choose(without(id)) })}
                >
                  Remove {name} for good
                </Button>
              </li>
            ))}
      </ul>
      {rows.length > 1 && (
        <div className="mt-4 border-t pt-3">
          <h3 className="mb-1 text-sm font-medium">Where they differ</h3>
          <DataTable
            caption="Inputs in which the plans differ"
            columns={differenceColumns(rows)}
            rows={differingInputs(rows).map((key) => ({ key }))}
            rowKey={({ key }) => key}
            fold={8}
          />
        </div>
      )}
    </MetricPanel>
  );
}

const monthsOf = (months: number) => `${months.toFixed(1)}\u00a0months`;
const volumeOf = (volume: Decimal, counts: Plan["counts"]) =>
  counts === "person" ? formatQuantity(volume.toNumber(), "person", "people") : formatQuantity(volume.toNumber(), "PR");
const money = (minor: Decimal, currency: string) => formatMoney(toMajor(minor, currency).toNumber(), currency);

const ANSWERS: readonly DataColumn<Row>[] = [
  {
    id: "plan",
    header: "Plan",
    rowHeader: true,
    cell: ({ name, note }) => (
      <>
        {name}
        <span className="hidden max-w-72 truncate text-note font-normal text-ink-3 md:block" title={note}>
          {note}
        </span>
      </>
    ),
  },
  {
    id: "net",
    header: "Net a month",
    align: "right",
    cell: ({ currency, result }) => money(result.steadyNet, currency),
  },
  {
    id: "volume",
    header: "Break-even",
    align: "right",
    cell: ({ counts, result: { breakEven } }) => (breakEven === null ? "none" : volumeOf(breakEven.volume, counts)),
  },
  {
    id: "roi",
    header: "ROI",
    align: "right",
    className: "max-md:hidden",
    cell: ({ result: { returnOnInvestment: roi } }) => (roi === null ? "no cost" : formatPercent(roi.toNumber(), 0)),
  },
  {
    id: "npv",
    header: "Net present value",
    align: "right",
    className: "max-md:hidden",
    cell: ({ currency, result }) => money(result.netPresentValue, currency),
  },
  {
    id: "payback",
    header: "Payback",
    align: "right",
    className: "max-lg:hidden",
    cell: ({ result: { payback } }) =>
      payback === null ? "not in the plan" : payback.fractional === 0 ? "at once" : monthsOf(payback.fractional),
  },
  {
    id: "horizon",
    header: "Planned for",
    align: "right",
    className: "max-lg:hidden",
    cell: ({ inputs }) => formatQuantity(Number(inputs.horizonMonths), "month"),
  },
];

function differenceColumns(rows: readonly Row[]): DataColumn<{ key: InputKey }>[] {
  return [
    { id: "input", header: "Input", rowHeader: true, cell: ({ key }) => modelInputWords(key).label },
    ...rows.map(
      ({ currency, id, inputs, name }): DataColumn<{ key: InputKey }> => ({
        id,
        header: name,
        align: "right",
        cell: ({ key }) => formatInput(modelInputWords(key).unit, inputs[key], currency),
      }),
    ),
  ];
}
