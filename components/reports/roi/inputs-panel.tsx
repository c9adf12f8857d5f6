import { DataTable } from "@/components/data-table/data-table";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { modelInputWords } from "@/lib/core/roi-inputs";
import type { ModelInput } from "@/lib/metrics/money/types";
import { INPUT_KEYS, type InputKey } from "@/lib/roi/engine/inputs";
import { formatInput, sourceWords } from "./input-words";

/** Every input of the model, with where it comes from. */
export function InputsPanel({
  inputs,
  currency,
  timeZone,
  onEnter,
}: {
  inputs: Readonly<Record<InputKey, ModelInput>>;
  currency: string;
  timeZone: string;
  /** null: who reads may not enter anything. */
  onEnter: (() => void) | null;
}) {
  const rows = INPUT_KEYS.map((key) => {
    const { label, unit } = modelInputWords(key);
    const input = inputs[key];
    const { kind, text, tone } = sourceWords(input, unit, currency, timeZone);
    return { key, label, value: formatInput(unit, input.value, currency), kind, text, tone };
  });
  return (
    <MetricPanel
      title="What is it worked out from?"
      note="Measured in this period, paid in it, planned, or assumed. What is left out counts as nothing, and is not known to be nothing."
      className="lg:col-span-2"
      tools={
        onEnter !== null && (
          <Button variant="ghost" size="sm" onClick={onEnter}>
            Enter assumptions
          </Button>
        )
      }
    >
      <DataTable
        caption="Inputs of the model"
        rows={rows}
        rowKey={({ key }) => key}
        columns={[
          { id: "input", header: "Input", rowHeader: true, cell: ({ label }) => label },
          {
            id: "value",
            header: "Value",
            align: "right",
            cell: ({ tone, value }) => (tone === "none" ? <span className="text-ink-3">–</span> : value),
          },
          {
            id: "source",
            header: "Source",
            cell: ({ kind, text, tone }) => (
              <>
                <span
                  className={cn("font-medium", tone === "thought" && "text-ink-2", tone === "none" && "text-ink-3")}
                >
                  {kind}
                </span>
                <span className="text-ink-3 max-md:hidden"> · {text}</span>
              </>
            ),
          },
        ]}
      />
    </MetricPanel>
  );
}
