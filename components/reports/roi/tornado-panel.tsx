"use client";

import { useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { StateMessage } from "@/components/layout/state-message";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { formatMoney } from "@/lib/core/format";
import { toMajor } from "@/lib/core/money";
import { modelInputWords } from "@/lib/core/roi-inputs";
import { type ModelInput, rangesOf, valuesOf } from "@/lib/metrics/money/types";
import type { InputKey } from "@/lib/roi/engine/inputs";
import { tornado } from "@/lib/roi/engine/tornado";
import { formatInput } from "./input-words";

const SHOWN = 9;

/** What each uncertain input does to the net present value, the largest first. */
export function TornadoPanel({
  inputs,
  value,
  currency,
}: {
  inputs: Readonly<Record<InputKey, ModelInput>>;
  /** The net present value as it is, major units. */
  value: number;
  currency: string;
}) {
  const swings = useMemo(
    () =>
      tornado(valuesOf(inputs), rangesOf(inputs), currency)
        .slice(0, SHOWN)
        .map(({ high, input, low, valueAtHigh, valueAtLow }) => {
          const { label, unit } = modelInputWords(input);
          return {
            input,
            label,
            low: formatInput(unit, low, currency),
            high: formatInput(unit, high, currency),
            atLow: toMajor(valueAtLow, currency).toNumber(),
            atHigh: toMajor(valueAtHigh, currency).toNumber(),
          };
        }),
    [inputs, currency],
  );
  const ends = swings.flatMap(({ atHigh, atLow }) => [atHigh, atLow]).concat(value, 0);
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const place = (amount: number) => `${most === least ? 0 : ((amount - least) / (most - least)) * 100}%`;
  return (
    <MetricPanel
      title="What would change it most?"
      note="Net present value when one input is at either end of its range and all others stay as they are."
      file={() => [
        ["input", "from", "to", "net_present_value_from", "net_present_value_to", "currency"],
        ...swings.map(({ atHigh, atLow, high, label, low }) => [label, low, high, atLow, atHigh, currency]),
      ]}
      table={
        <DataTable
          caption="What each input does to the net present value"
          rows={swings}
          rowKey={({ input }) => input}
          columns={[
            { id: "input", header: "Input", rowHeader: true, cell: ({ label }) => label },
            { id: "low", header: "From", align: "right", cell: ({ low }) => low },
            { id: "atLow", header: "Worth", align: "right", cell: ({ atLow }) => formatMoney(atLow, currency) },
            { id: "high", header: "To", align: "right", cell: ({ high }) => high },
            { id: "atHigh", header: "Worth then", align: "right", cell: ({ atHigh }) => formatMoney(atHigh, currency) },
          ]}
        />
      }
    >
      {swings.length === 0 ? (
        <StateMessage compact title="No input has a range">
          <p>Enter a lowest and a highest value with an assumption.</p>
        </StateMessage>
      ) : (
        <ul className="num text-xs">
          {swings.map(({ atHigh, atLow, high, input, label, low }) => (
            <li key={input} className="py-1">
              <p className="flex flex-wrap justify-between gap-x-3 text-note">
                <span className="text-ink-2">{label}</span>
                <span className="text-ink-3">
                  {low} → {high}
                </span>
              </p>
              <span aria-hidden="true" className="relative mt-0.5 block h-3">
                <i
                  className="absolute inset-y-0 bg-agent"
                  style={{
                    left: place(Math.min(atLow, atHigh)),
                    width: `calc(${place(Math.max(atLow, atHigh))} - ${place(Math.min(atLow, atHigh))})`,
                  }}
                />
                {least < 0 && <i className="absolute inset-y-[-2px] w-px bg-line-control" style={{ left: place(0) }} />}
                <i className="absolute inset-y-[-2px] w-0.5 bg-ink" style={{ left: place(value) }} />
              </span>
              <p className="flex justify-between gap-3 text-ink-3">
                <span>{formatMoney(Math.min(atLow, atHigh), currency)}</span>
                <span>{formatMoney(Math.max(atLow, atHigh), currency)}</span>
              </p>
            </li>
          ))}
        </ul>
      )}
    </MetricPanel>
  );
}
