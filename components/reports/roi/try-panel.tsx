"use client";

import { useId, useMemo, useState } from "react";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { Button } from "@/components/ui/button";
import { Decimal } from "@/lib/core/decimal";
import { formatMoney, formatPercent, formatQuantity } from "@/lib/core/format";
import { toMajor } from "@/lib/core/money";
import { modelInputWords } from "@/lib/core/roi-inputs";
import { type ModelInput, valuesOf } from "@/lib/metrics/money/types";
import type { InputKey, ModelInputs } from "@/lib/roi/engine/inputs";
import { runModel } from "@/lib/roi/engine/run-model";
import { wouldHaveToBe } from "@/lib/roi/engine/solve";
import type { AssumptionPlace } from "./assumption-dialog";
import { formatInput } from "./input-words";
import { KeepPlan } from "./keep-plan";

/** Inputs that a reader turns, and how far: at least to this, or to twice their value. */
const TURNED: readonly { key: InputKey; most: number; step: number }[] = [
  { key: "hoursSaved", most: 3, step: 0.05 },
  { key: "realisation", most: 1, step: 0.01 },
  { key: "oversightHours", most: 1, step: 0.01 },
  { key: "rollbackRate", most: 0.3, step: 0.005 },
  { key: "reworkRate", most: 0.8, step: 0.01 },
  { key: "pullRequestsPerMonth", most: 500, step: 10 },
];

/** Turns inputs and answers at once; what comes of it can be kept as a plan. */
export function TryPanel({
  inputs,
  currency,
  place,
}: {
  inputs: Readonly<Record<InputKey, ModelInput>>;
  currency: string;
  /** Whose plan it can be kept as; null: it cannot. */
  place: AssumptionPlace | null;
}) {
  const base = useMemo(() => valuesOf(inputs), [inputs]);
  const [turned, setTurned] = useState<Partial<Record<InputKey, string>>>({});
  const current: ModelInputs = useMemo(() => ({ ...base, ...turned }), [base, turned]);
  const result = useMemo(() => runModel(current, currency), [current, currency]);
  const money = (minor: Decimal) => formatMoney(toMajor(minor, currency).toNumber(), currency);
  const { breakEven, payback, returnOnInvestment } = result;
  return (
    <MetricPanel
      title="What if?"
      note="Turn an input and read what becomes of it. Beside each: what it would have to be for a month to end at zero, all others as they are."
      tools={
        Object.keys(turned).length > 0 && (
          <Button variant="ghost" size="sm" onClick={() => setTurned({})}>
            As measured
          </Button>
        )
      }
    >
      <dl className="num grid grid-cols-2 gap-x-4 gap-y-2 border-b pb-3 text-note @md:grid-cols-5" aria-live="polite">
        <Answer name="Net a month" value={money(result.steadyNet)} />
        <Answer
          name="Break-even"
          value={breakEven === null ? "none" : formatQuantity(breakEven.volume.toNumber(), "PR")}
        />
        <Answer
          name="ROI"
          value={returnOnInvestment === null ? "no cost" : formatPercent(returnOnInvestment.toNumber(), 0)}
        />
        <Answer name="Net present value" value={money(result.netPresentValue)} />
        <Answer
          name="Payback"
          value={payback === null ? "not in the plan" : `${payback.fractional.toFixed(1)}\u00a0months`}
        />
      </dl>
      <div className="mt-2 grid gap-x-8 @2xl:grid-cols-2">
        {TURNED.map(({ key, most, step }) => (
          <Slider
            key={key}
            input={key}
            value={current[key]}
            most={Math.max(most, roundUp(Number(base[key]) * 2, step))}
            step={step}
            currency={currency}
            needed={wouldHaveToBe(current, key, new Decimal(0))}
            onTurn={(text) => setTurned((all) => ({ ...all, [key]: text }))}
          />
        ))}
      </div>
      {place !== null && Object.keys(turned).length > 0 && (
        <KeepPlan place={place} inputs={current} currency={currency} />
      )}
    </MetricPanel>
  );
}

const roundUp = (value: number, step: number) => Math.ceil(value / step) * step;

function Answer({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="text-xs text-ink-3">{name}</dt>
      <dd className="font-medium">{value}</dd>
    </div>
  );
}

function Slider({
  input,
  value,
  most,
  step,
  currency,
  needed,
  onTurn,
}: {
  input: InputKey;
  value: string;
  most: number;
  step: number;
  currency: string;
  /** What it would have to be; null: no value of it would do. */
  needed: Decimal | null;
  onTurn: (value: string) => void;
}) {
  const id = useId();
  const { label, unit } = modelInputWords(input);
  const text = formatInput(unit, value, currency);
  return (
    <div className="py-2">
      <div className="num flex flex-wrap justify-between gap-x-3 text-note">
        <label htmlFor={id} className="text-ink-2">
          {label}
        </label>
        <output htmlFor={id} className="font-medium">
          {text}
        </output>
      </div>
      <input
        id={id}
        type="range"
        min={0}
        max={most}
        step={step}
        value={Number(value)}
        aria-valuetext={text}
        onChange={(event) => onTurn(event.target.value)}
        className="mt-1 block h-6 w-full cursor-pointer accent-brand"
      />
      <p className="num text-xs text-ink-3">
        {needed === null || (unit === "share" && needed.gt(1))
          ? "no value of it alone ends at zero"
          : `zero at ${formatInput(unit, needed.toString(), currency)}`}
      </p>
    </div>
  );
}
