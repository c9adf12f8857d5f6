import { formatCount, formatDate, formatDecimal, formatMoney, formatPercent, formatQuantity } from "@/lib/core/format";
import { type AllocationKey, type InputUnit, modelInputWords } from "@/lib/core/roi-inputs";
import type { InputSource, ModelInput } from "@/lib/metrics/money/types";

/** By what costs of all are shared out to teams, as a choice and as a sentence. */
export const ALLOCATION_WORDS: Readonly<Record<AllocationKey, { label: string; note: string }>> = {
  pull_requests: {
    label: "Pull requests of agents merged",
    note: "Costs of all are shared out by pull requests merged.",
  },
  people: { label: "People, as full-time ones", note: "Costs of all are shared out by people." },
  seats: { label: "Seats that are said of each team", note: "Costs of all are shared out by seats." },
  none: { label: "Nothing: they stay beside the teams", note: "Costs of all are not shared out." },
};

const BEHIND: Readonly<Partial<Record<InputUnit, string>>> = {
  money_month: " a month",
  money_year: " a year",
  hours_month: " a month",
};

/** A value as its unit is written. */
export function formatInput(unit: InputUnit, value: string, currency: string | null): string {
  const number = Number(value);
  switch (unit) {
    case "money":
    case "money_month":
    case "money_year":
      return `${formatMoney(number, currency)}${BEHIND[unit] ?? ""}`;
    case "hours":
    case "hours_month":
      return `${formatDecimal(number, number < 10 && !Number.isInteger(number) ? 2 : 0)}\u00a0h${BEHIND[unit] ?? ""}`;
    case "share":
      return formatPercent(number, number < 0.2 ? 1 : 0);
    case "months":
      return formatQuantity(number, "month");
    case "count":
      return formatCount(Math.round(number));
  }
}

const BASIS = { assumed: "assumed", imported: "from a plan", published: "published" } as const;

interface SourceWords {
  kind: string;
  tone: "fact" | "thought" | "none";
  text: string;
}

/** Where an input comes from, in a word for the eye and a sentence; of one that is added up of two both. */
export function sourceWords(
  { and, isMix, source }: ModelInput,
  unit: InputUnit,
  currency: string | null,
  timeZone: string,
): SourceWords {
  const told = oneSource(source, unit, currency, timeZone);
  const first = isMix === true ? { ...told, text: mixText(told.text, source) } : told;
  if (and === undefined) return first;
  const second = oneSource(and, unit, currency, timeZone);
  return {
    kind: `${first.kind} and ${second.kind.toLowerCase()}`,
    tone: second.tone === "thought" ? "thought" : first.tone,
    text: `${first.text}; and ${second.text}`,
  };
}

const mixText = (text: string, source: InputSource): string =>
  source.kind === "measured" ? `${text}; weighted by what each team merges` : `teams differ; of the largest: ${text}`;

function oneSource(source: InputSource, unit: InputUnit, currency: string | null, timeZone: string): SourceWords {
  switch (source.kind) {
    case "measured":
      return { kind: "Measured", tone: "fact", text: measuredText(source, unit, currency) };
    case "ledger":
      return {
        kind: "Paid",
        tone: "fact",
        text: `${formatQuantity(source.entries, "entry", "entries")} of the period${source.isEstimated === true ? ", some of it estimated by tokens and their prices" : ""}`,
      };
    case "said":
      return {
        kind: source.basis === "imported" ? "Planned" : "Assumed",
        tone: source.basis === "imported" ? "fact" : "thought",
        text: `${source.why}; ${BASIS[source.basis]}, entered by ${source.by} on ${formatDate(source.at, timeZone)} for the ${source.of} from ${formatDate(`${source.validFrom}T12:00:00Z`, "UTC")}${rangeText(source, unit, currency)}${source.part === null ? "" : `; ${formatPercent(source.part)} of it, by pull requests merged`}`,
      };
    case "usual":
      return {
        kind: "Assumed",
        tone: "thought",
        text: `taken where nobody says otherwise${rangeText(source, unit, currency)}`,
      };
    case "same":
      return {
        kind: "Assumed",
        tone: "thought",
        text: `the same as: ${modelInputWords(source.as).label.toLowerCase()}`,
      };
    case "none":
      return { kind: "Left out", tone: "none", text: "nobody has entered or measured it" };
  }
}

function measuredText(
  { hi, lo, n, of: whose }: Extract<InputSource, { kind: "measured" }>,
  unit: InputUnit,
  currency: string | null,
): string {
  const of = `${n === null ? "" : `n\u00a0${formatCount(n)}`}${whose === "organisation" ? " of the whole organisation" : ""}`;
  if (lo === null || hi === null) return of;
  const ends = `${formatInput(unit, String(lo), currency)} to ${formatInput(unit, String(hi), currency)}`;
  return of === "" ? ends : `${ends}, ${of}`;
}

function rangeText(
  { high, low }: { low: string | null; high: string | null },
  unit: InputUnit,
  currency: string | null,
) {
  if (low === null || high === null) return "";
  return `; between ${formatInput(unit, low, currency)} and ${formatInput(unit, high, currency)}`;
}
