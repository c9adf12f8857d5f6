import type { KeptScenario } from "@/components/query/use-scenarios";
import { INPUT_KEYS, type InputKey, type ModelInputs } from "@/lib/roi/engine/inputs";
import { DORA_DEFAULTS, inputsOfDora } from "@/lib/roi/published/dora-calculator";
import { CASE_ARTICLE, inputsOfCaseArticle } from "@/lib/roi/published/source-000";
import { inputsOf001, SCENARIOS_001 } from "@/lib/roi/published/source-001";

/** One of the plans that are held against each other. */
export interface Plan {
  /** In an address: `measured`, the word of a published one, or the number of one that was kept. */
  id: string;
  name: string;
  /** Where it comes from, in a few words. */
  note: string;
  currency: string;
  inputs: ModelInputs;
  /** What its volume counts, where that is no pull request. */
  counts?: "person";
  /** Nobody is offered it any more; an address that names it still shows it. */
  isRemoved?: boolean;
}

export const MEASURED_PLAN = "measured";
/** More beside each other nobody reads. */
export const MOST_PLANS = 4;

/** What the page measured and was told, as a plan. */
export const measuredPlan = (inputs: ModelInputs, currency: string): Plan => ({
  id: MEASURED_PLAN,
  name: "As measured",
  note: "the model of this page",
  currency,
  inputs,
});

/** What others have published, through the same engine; nobody changes it. */
export const PUBLISHED_PLANS: readonly Plan[] = [
  ...Object.entries(SCENARIOS_001).map(([letter, month]) => ({
    id: letter,
    name: `Published ${letter}`,
    note: "Nuvox AI (source 001): all saved hours count",
    currency: "USD",
    inputs: inputsOf001(month),
  })),
  {
    id: "case",
    name: "Case article",
    note: "source 000, its terms for each of 25 developers: a month of one stands for a pull request, and all saved hours count",
    currency: "USD",
    inputs: inputsOfCaseArticle(CASE_ARTICLE, "each"),
    counts: "person",
  },
  {
    id: "case-once",
    name: "Case article, spent once",
    note: "source 000, if what it spends and saves besides time is meant for all 25 developers together",
    currency: "USD",
    inputs: inputsOfCaseArticle(CASE_ARTICLE, "once"),
    counts: "person",
  },
  {
    id: "dora",
    name: "DORA’s calculator",
    note: "2026, with its own figures for 500 people: a month of one stands for a pull request, and all saved hours count",
    currency: "USD",
    inputs: inputsOfDora(DORA_DEFAULTS),
    counts: "person",
  },
];

/** A scenario that was kept, as a plan; of several versions each says which it is. */
export function keptPlan(
  { by, currency, id, inputs, isRemoved, name, version, why }: KeptScenario,
  isLatest: boolean,
): Plan {
  return {
    id: String(id),
    name: isLatest && version === 1 ? name : `${name}, version ${version}`,
    note: `${isRemoved ? "removed; " : ""}${why}; ${by}`,
    currency,
    inputs,
    isRemoved,
  };
}

/** Every plan that there is, in reading order. */
export function plansOf(measured: Plan, kept: readonly KeptScenario[]): Plan[] {
  const latest = new Map<string, number>();
  for (const { name, org, version } of kept)
    latest.set(`${org} ${name}`, Math.max(version, latest.get(`${org} ${name}`) ?? 0));
  return [
    measured,
    ...kept.map((one) => keptPlan(one, latest.get(`${one.org} ${one.name}`) === one.version)),
    ...PUBLISHED_PLANS,
  ];
}

/** The plans that an address names, as far as there are such; the measured one and the first others where it names none. */
export function chosenPlans(all: readonly Plan[], ids: readonly string[] | null): Plan[] {
  if (ids === null) return all.filter(({ isRemoved }) => isRemoved !== true).slice(0, 2);
  return [...new Set(ids)].flatMap((id) => all.find((plan) => plan.id === id) ?? []).slice(0, MOST_PLANS);
}

/** Inputs in which some plans differ, in the order of the model. */
export function differingInputs(plans: readonly Plan[]): InputKey[] {
  return INPUT_KEYS.filter((key) => new Set(plans.map(({ inputs }) => Number(inputs[key]))).size > 1);
}
