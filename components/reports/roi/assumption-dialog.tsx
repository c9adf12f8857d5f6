"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { SentForm } from "@/components/account/sent-form";
import { ProblemError } from "@/components/query/fetch-json";
import { useChange } from "@/components/query/use-account";
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import {
  ALLOCATION_KEYS,
  ASSUMPTION_KEYS,
  type AssumptionKey,
  type InputUnit,
  inputWords,
} from "@/lib/core/roi-inputs";
import type { Said, TeamModels } from "@/lib/metrics/money/types";
import { ALLOCATION_WORDS } from "./input-words";

/** Of whom something is said: an organisation, or one of its teams. */
export interface AssumptionPlace {
  org: string;
  orgName: string;
  team: string | null;
  teamName: string | null;
  currency: string | null;
  /** 1..12, the calendar month that its fiscal year begins with. */
  fiscalStart: number;
}

const HEADS: readonly { about: ReturnType<typeof inputWords>["about"]; title: string }[] = [
  { about: "rates", title: "What an hour costs" },
  { about: "hours", title: "What agents save" },
  { about: "rework", title: "What goes wrong" },
  { about: "fixed", title: "What a month costs anyway" },
  { about: "learning", title: "What is paid once, and learnt" },
  { about: "plan", title: "What is planned" },
];

const MONTH_NAMES = Array.from({ length: 12 }, (_, index) =>
  new Intl.DateTimeFormat("en-US", { month: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2026, index, 15))),
);

const UNIT: Readonly<Record<InputUnit, string>> = {
  money: "amount",
  money_month: "amount a month",
  money_year: "amount a year",
  hours: "hours",
  hours_month: "hours a month",
  share: "%",
  count: "number",
  months: "months",
};

/** Shares are written in per cent, and kept from 0 to 1. */
function toStored(unit: InputUnit, text: string): string {
  const plain = text.trim().replace(",", ".");
  if (unit !== "share" || !/^-?\d+(?:\.\d+)?$/.test(plain)) return plain;
  const [whole = "0", part = ""] = plain.replace("-", "").split(".");
  const digits = whole.padStart(3, "0");
  const moved = `${digits.slice(0, -2)}.${digits.slice(-2)}${part}`.replace(/^0+(?=\d)/, "");
  return plain.startsWith("-") ? `-${moved}` : moved;
}

function toShown(unit: InputUnit, stored: string | null): string {
  if (stored === null) return "";
  return unit === "share" ? String(Math.round(Number(stored) * 1e8) / 1e6) : stored;
}

type Values = Pick<Said, "value" | "low" | "high">;
interface Now extends Omit<Values, "value"> {
  value: string | null;
}

/** What holds now of an input, where somebody said it of just this place. */
function saidOf({ whole: { said } }: TeamModels, { team }: AssumptionPlace, key: AssumptionKey): Now {
  const own = said.find((one) => one.key === key && (one.of === "team") === (team !== null));
  return own ?? { value: null, low: null, high: null };
}

/** Enters what nobody can measure, of an organisation or a team. */
export function AssumptionDialog({
  place,
  models,
  today,
  onClose,
}: {
  place: AssumptionPlace;
  models: TeamModels;
  /** `YYYY-MM-DD`, the first day that is offered. */
  today: string;
  onClose: () => void;
}) {
  const router = useRouter();
  const change = useChange([["roi-models"], ["metrics"]]);
  const [sent, setSent] = useState<AssumptionKey[]>([]);
  /** It is of the organisation, and not of one of its teams. */
  const allocation =
    place.team === null ? (models.allocations.find(({ org }) => org === place.org)?.key ?? null) : null;
  const problem = change.error instanceof ProblemError ? change.error : null;
  const wrong = /^\/values\/(\d+)\/(value|low|high)/.exec(problem?.pointer ?? "");
  const wrongKey = wrong === null ? null : (sent[Number(wrong[1])] ?? null);
  const problemOf = (field: string) => (problem?.pointer === `/${field}` ? problem.message : null);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-h-[calc(100dvh-2rem)] overflow-y-auto">
        <DialogHeader>
          <DialogTitle>What is assumed of {place.teamName ?? place.orgName}</DialogTitle>
          <DialogDescription>
            Only what you change is noted, and an emptied field takes back what was said. Everything that was said
            before stays to be seen in the audit log.
          </DialogDescription>
        </DialogHeader>
        <SentForm
          label="Assumptions"
          className="grid gap-4"
          onSend={(texts) => {
            const values = ASSUMPTION_KEYS.flatMap((key) => {
              const { unit } = inputWords(key);
              const now = saidOf(models, place, key);
              const [value, low, high] = ["", ".low", ".high"].map((part) => texts[`${key}${part}`] ?? "");
              const isSame =
                value === toShown(unit, now.value) &&
                low === toShown(unit, now.low) &&
                high === toShown(unit, now.high);
              if (isSame || (value === "" && now.value === null && low === "" && high === "")) return [];
              const stored = (text: string | undefined) =>
                text === undefined || text === "" ? null : toStored(unit, text);
              return [{ key, value: stored(value), low: stored(low), high: stored(high) }];
            });
            setSent(values.map(({ key }) => key));
            const begins = Number(texts.fiscalStart ?? place.fiscalStart);
            change.mutate(
              {
                url: "/api/v1/roi/assumptions",
                method: "PUT",
                body: {
                  org: place.org,
                  team: place.team,
                  validFrom: texts.validFrom ?? "",
                  basis: texts.basis ?? "assumed",
                  why: texts.why ?? "",
                  ...(texts.currency && { currency: texts.currency.trim().toUpperCase() }),
                  ...(texts.allocation && texts.allocation !== allocation && { allocation: texts.allocation }),
                  ...(begins !== place.fiscalStart && { fiscalStart: begins }),
                  values,
                },
              },
              {
                onSuccess: () => {
                  onClose();
                  // Organisations, and with them the periods that pages offer, come from the server with the page.
                  if (begins !== place.fiscalStart) router.refresh();
                },
              },
            );
          }}
        >
          <LabelledInput
            name="why"
            label="Where it comes from"
            hint="A contract, a time study, a plan: it stands beside every figure that uses it."
            maxLength={500}
            required
            problem={problemOf("why")}
          />
          <div className="grid gap-4 sm:grid-cols-3">
            <LabelledInput
              type="date"
              name="validFrom"
              label="Holds from"
              defaultValue={today}
              required
              problem={problemOf("validFrom")}
            />
            <div>
              <label htmlFor="assumption-basis" className="text-sm font-medium">
                Basis
              </label>
              <select
                id="assumption-basis"
                name="basis"
                className="mt-1 block h-9 w-full rounded-md border border-line-control bg-panel px-2 text-sm"
              >
                <option value="assumed">Assumed</option>
                <option value="imported">Plan or contract</option>
                <option value="published">Published</option>
              </select>
            </div>
            <LabelledInput
              name="currency"
              label="Currency"
              placeholder="EUR"
              maxLength={3}
              defaultValue={place.currency ?? ""}
              problem={problemOf("currency")}
            />
          </div>
          {place.team === null && (
            <label className="block w-fit text-sm font-medium">
              The fiscal year begins in
              <select
                name="fiscalStart"
                defaultValue={place.fiscalStart}
                className="mt-1 block h-9 rounded-md border border-line-control bg-panel px-2 text-sm font-normal"
              >
                {MONTH_NAMES.map((name, index) => (
                  <option key={name} value={index + 1}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          )}
          {HEADS.map(({ about, title }) => (
            <fieldset key={about} className="grid gap-3 border-t pt-3">
              <legend className="contents">
                <span className="text-sm font-semibold">{title}</span>
              </legend>
              {about === "fixed" && allocation !== null && (
                <div>
                  <label htmlFor="assumption-allocation" className="text-sm font-medium">
                    Costs of all are shared out to teams by
                  </label>
                  <select
                    id="assumption-allocation"
                    name="allocation"
                    defaultValue={allocation}
                    className="mt-1 block h-9 w-full rounded-md border border-line-control bg-panel px-2 text-sm"
                  >
                    {ALLOCATION_KEYS.map((key) => (
                      <option key={key} value={key}>
                        {ALLOCATION_WORDS[key].label}
                      </option>
                    ))}
                  </select>
                </div>
              )}
              {ASSUMPTION_KEYS.filter((key) => inputWords(key).about === about).map((key) => (
                <AssumptionFields
                  key={key}
                  input={key}
                  now={saidOf(models, place, key)}
                  problem={wrongKey === key ? (problem?.message ?? null) : null}
                />
              ))}
            </fieldset>
          ))}
          <FormAlert message={wrongKey === null ? (change.error?.message ?? null) : null} />
          <SubmitButton disabled={change.isPending} className="w-fit">
            Save
          </SubmitButton>
        </SentForm>
      </DialogContent>
    </Dialog>
  );
}

/** A value with the range that is thought possible. */
function AssumptionFields({ input, now, problem }: { input: AssumptionKey; now: Now; problem: string | null }) {
  const { hint, label, unit } = inputWords(input);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_4.5rem_4.5rem] items-start gap-2">
      <LabelledInput
        name={input}
        label={`${label}, ${UNIT[unit]}`}
        hint={hint}
        inputMode="decimal"
        defaultValue={toShown(unit, now.value)}
        problem={problem}
      />
      {(["low", "high"] as const).map((end) => (
        <div key={end}>
          <span aria-hidden="true" className="text-sm text-ink-3">
            {end === "low" ? "Lowest" : "Highest"}
          </span>
          <Input
            name={`${input}.${end}`}
            aria-label={`${label}, ${end === "low" ? "lowest" : "highest"}`}
            inputMode="decimal"
            autoComplete="off"
            defaultValue={toShown(unit, now[end])}
            className="mt-1"
          />
        </div>
      ))}
    </div>
  );
}
