import type { CostCentre } from "@/lib/core/cost-files";
import { seedOf } from "@/lib/core/random";
import type { AllocationKey, AssumptionBasis, AssumptionKey } from "@/lib/core/roi-inputs";
import { INPUT_KEYS, type InputKey, type ModelInputs } from "@/lib/roi/engine/inputs";
import type { Uncertainty } from "@/lib/roi/engine/monte-carlo";
import { type ModelResult, runModel } from "@/lib/roi/engine/run-model";
import { runSum } from "@/lib/roi/engine/run-sum";

/** Where an input of the model comes from. */
export type InputSource =
  /** A metric of the period, with what it rests on. */
  | {
      kind: "measured";
      metric: string;
      k: number | null;
      n: number | null;
      lo: number | null;
      hi: number | null;
      /** Of the whole organisation, where nothing is measured of the group itself. */
      of: "group" | "organisation";
    }
  /** Entries of the ledger in the period. */
  | {
      kind: "ledger";
      entries: number /** Some of it is worked out of tokens and prices, and not billed or metered. */;
      isEstimated?: true;
    }
  /** What somebody said, of the team or of its whole organisation. */
  | {
      kind: "said";
      basis: AssumptionBasis;
      of: "team" | "organisation";
      why: string;
      by: string;
      at: string;
      validFrom: string;
      low: string | null;
      high: string | null;
      /** Of what is said of a whole organisation and not of one pull request or hour: the group’s part of it, 0..1. */
      part: number | null;
    }
  /** What is taken where nobody says anything else. */
  | { kind: "usual"; low: string | null; high: string | null }
  /** The same as another input. */
  | { kind: "same"; as: InputKey }
  /** Nobody said anything, so that it is not in the model. */
  | { kind: "none" };

/** An input of the model and where it comes from. */
export interface ModelInput {
  value: string;
  source: InputSource;
  /** Where a second part of it comes from, where it is added up of two. */
  and?: InputSource;
  /** Teams differ in it: it is what makes one model of all come to the sum of theirs, and the source is that of the largest. */
  isMix?: true;
}

/** The model of a group and period: everything that it is worked out from, or what is missing for it. */
export interface GroupModel {
  /** ISO 4217; null: nobody said, and nothing was paid. */
  currency: string | null;
  inputs: Readonly<Record<InputKey, ModelInput>> | null;
  /** What must be said before the model says anything. */
  missing: AssumptionKey[];
  /** What somebody said of it as it was said, also where that is not enough for a model. */
  said: Said[];
  /** Why there is no model, in words; null where there is one. */
  reason: string | null;
  /** What was paid and what hours cost in the period. */
  spending: Spending | null;
}

/** One thing that somebody said; of a whole organisation the whole of it. */
export interface Said {
  key: AssumptionKey;
  of: "team" | "organisation";
  value: string;
  low: string | null;
  high: string | null;
}

/** What agents cost in a period, in major units as decimal text. */
export interface Spending {
  /** Months of the period that data are known of. */
  months: number;
  merged: number;
  /** What was paid, and the contracts that somebody entered. */
  lines: { api: string; seats: string; ci: string; infrastructure: string; training: string; contracts: string };
  /** Hours of people at their rates; null where a rate or the hours are not known. */
  hours: { review: string | null; rework: string | null; rollback: string | null; governance: string | null };
  total: string;
  /** Some of it is not known: the total is at least this. */
  isPartial: boolean;
  /** Mature pull requests, and those of them that were not rolled back in 7 days. */
  mature: number;
  safe: number;
}

/** The model of a team, of what is merged in no team, or of costs that are allocated to nobody. */
export interface ModelPart {
  org: string;
  kind: "team" | "no_team" | "unallocated";
  /** Slug of the team. */
  team: string | null;
  model: GroupModel;
  ledger: PartLedger;
}

/**
 * Where what was paid in the period went, in major units as decimal text: own − notAgents + shared is what the model of the
 * part counts. Over all parts `shared` comes to nothing, and `own` to everything that was paid.
 */
export interface PartLedger {
  /** Paid for it by itself; of `unallocated` what was paid for no team. */
  own: string;
  /** Of that, checks of people’s pull requests, which agents did not cause. */
  notAgents: string;
  /** Its part of what was paid for no team; of `unallocated` what others have of it, below zero. */
  shared: string;
}

/** The values alone, for the engine. */
export const valuesOf = (inputs: Readonly<Record<InputKey, ModelInput>>): ModelInputs =>
  Object.fromEntries(Object.entries(inputs).map(([key, { value }]) => [key, value])) as ModelInputs;

/** Whether an input is a thought, and not something that was measured, paid or read from a plan. */
export function isAssumed(inputs: Readonly<Record<InputKey, ModelInput>>, key: InputKey): boolean {
  const { and, source } = inputs[key];
  return [source, ...(and === undefined ? [] : [and])].some((one) =>
    one.kind === "same"
      ? isAssumed(inputs, one.as)
      : one.kind === "usual" || (one.kind === "said" && one.basis !== "imported"),
  );
}

/** The answers of a model that is the sum of others; of one alone its own. */
export function runMix(
  { inputs }: Pick<GroupModel, "inputs">,
  parts: readonly Pick<GroupModel, "inputs">[],
  currency: string,
): ModelResult {
  if (inputs === null) throw new Error("A model without inputs has no result");
  const known = parts.flatMap((part) => (part.inputs === null ? [] : [valuesOf(part.inputs)]));
  return known.length > 1 ? runSum(valuesOf(inputs), known, currency) : runModel(valuesOf(inputs), currency);
}

/** The seed of the draws: of the same inputs it is the same in a browser and on the server. */
export const seedOfInputs = (inputs: Readonly<Record<InputKey, ModelInput>>): number =>
  seedOf(JSON.stringify(INPUT_KEYS.map((key) => inputs[key].value)));

/** How the inputs may differ from their values: what was counted by chance, and what was said with a range. */
export function uncertaintyOf(inputs: Readonly<Record<InputKey, ModelInput>>): Uncertainty {
  const uncertainty: Uncertainty = {};
  for (const key of INPUT_KEYS) {
    const { source, value } = inputs[key];
    if (source.kind === "measured" && source.k !== null && source.n !== null && source.n > 0) {
      uncertainty[key] = { kind: "beta", a: source.k + 0.5, b: source.n - source.k + 0.5 };
    }
    const said = saidRange(source);
    if (said === null) continue;
    uncertainty[key] = { kind: "triangular", low: Number(said[0]), mode: Number(value), high: Number(said[1]) };
  }
  return uncertainty;
}

function saidRange(source: InputSource): readonly [string, string] | null {
  if (source.kind !== "said" && source.kind !== "usual") return null;
  return source.low === null || source.high === null ? null : [source.low, source.high];
}

/** The range of each input that has one, for the tornado. */
export function rangesOf(
  inputs: Readonly<Record<InputKey, ModelInput>>,
): Partial<Record<InputKey, readonly [string, string]>> {
  const ranges: Partial<Record<InputKey, readonly [string, string]>> = {};
  for (const key of INPUT_KEYS) {
    const { source } = inputs[key];
    const said = saidRange(source);
    if (said !== null) ranges[key] = said;
    if (source.kind === "measured" && source.lo !== null && source.hi !== null) {
      ranges[key] = [String(source.lo), String(source.hi)];
    }
  }
  return ranges;
}

/** What `POST /api/v1/roi/models` and `POST /api/v1/costs/query` are asked. */
export interface MoneyRequest {
  from: string;
  to: string;
  timeZone?: string;
  filters: { org?: string[]; team?: string[] };
}

/** Answer of `POST /api/v1/roi/models`. */
export interface TeamModels {
  asOf: string | null;
  /** Of everything that is selected together. */
  whole: GroupModel;
  /** The models that the whole is the sum of. */
  parts: ModelPart[];
  /** By what the costs of each organisation are allocated to its teams. */
  allocations: { org: string; key: AllocationKey }[];
  /** The currency that each organisation plans in. */
  currencies: { org: string; currency: string | null }[];
}

/** Answer of `POST /api/v1/costs/query`: what was paid, of one currency after the other. */
export interface CostReport {
  currencies: CurrencyCosts[];
  /** What was paid in other currencies than is planned in, the latest month first. */
  exchanged: ExchangedMonth[];
  /** Where more than bills tell of a cost, the latest month first. */
  comparisons: CostComparison[];
  /** Which cost centres teams are or were of. */
  centres: CostCentre[];
}

/** What is known of the same cost of a month, and what counts of it; minor units as text, null where nobody told so. */
export interface CostComparison {
  /** `2026-03`. */
  month: string;
  provider: string;
  item: CostItemName;
  currency: string;
  billed: string | null;
  metered: string | null;
  estimated: string | null;
  counted: string;
}

/** What was paid in a month in another currency than its organisation plans in; minor units as text. */
export interface ExchangedMonth {
  org: string;
  /** `2026-03`. */
  month: string;
  currency: string;
  minor: string;
  into: string;
  /** What one unit of `currency` was worth in `into`; null: nobody said. */
  rate: string | null;
  /** In `into`, each line rounded once; null: it is not converted. */
  converted: string | null;
  said: { why: string; by: string; at: string } | null;
}

export interface CurrencyCosts {
  currency: string;
  /** Minor units as text. */
  total: string;
  entries: number;
  /** Months of the calendar, oldest first, each with what was paid for what. */
  months: { month: string; byItem: Partial<Record<CostItemName, string>> }[];
  byItem: CostShare[];
  byTeam: CostShare[];
  /** By its number; of the day that something was paid for. */
  byCentre: CostShare[];
  byAgent: CostShare[];
  byProvider: CostShare[];
}

/** How an amount is known, the best first. */
export type CostBasis = "billed" | "metered" | "estimated";

export type CostItemName = "api" | "seats" | "ci" | "infrastructure" | "training";

/** Part of the costs: of an item, a team, a cost centre, an agent or a provider; `name` empty is none of them. */
export interface CostShare {
  name: string;
  minor: string;
  entries: number;
}

/** How sure it is that a session of an agent belongs to a pull request, and what says so. */
export type SessionConfidence = "certain" | "strong" | "weak";
export type SessionEvidence = "run" | "commit" | "trailer" | "branch" | "time";

/** A session in which an agent worked on a pull request, as the agent told. */
export interface AgentSession {
  agent: string;
  /** What the agent calls it. */
  session: string | null;
  confidence: SessionConfidence;
  how: SessionEvidence;
  /** Its calls are paid by a subscription. */
  isSubscription: boolean;
  firstAt: string;
  lastAt: string;
  models: string[];
  /** Tokens. */
  input: number;
  output: number;
  cached: number;
  /** Pull requests that it is linked to. */
  sharedBy: number;
  /** This one's part, decimal text; null where the agent prices nothing. */
  costUsd: string | null;
}

/** What agents told of their use. */
export interface AgentUse {
  /** The dearest first. */
  items: {
    agent: string;
    model: string;
    sessions: number;
    /** Decimal text; null where the agent prices nothing. */
    costUsd: string | null;
    /** Of that, what a subscription covers. */
    subscriptionUsd: string;
    /** Tokens. */
    input: number;
    output: number;
    cached: number;
  }[];
  /** By how sure it is which pull requests the sessions belong to. */
  linked: { confidence: SessionConfidence | "none"; sessions: number; costUsd: string }[];
  /** Merged pull requests of which it is certain, or strongly told. */
  pullRequests: number;
  /** When an agent told last. */
  lastAt: string | null;
}
