import { Decimal } from "@/lib/core/decimal";
import { INPUT_KEYS, type InputKey, type ModelTerms, termsOf } from "@/lib/roi/engine/inputs";
import { NOTHING_MERGED } from "./group-model";
import { SHARED } from "./model-inputs";
import { sumSpending } from "./spending";
import { type GroupModel, type InputSource, type ModelInput, valuesOf } from "./types";

type Inputs = Readonly<Record<InputKey, ModelInput>>;

/** Digits of what several are mixed to. */
const DIGITS = 12;

/** What must be the same of all for their months to have a sum. */
const ALIKE = ["horizonMonths", "discountRate"] as const;

/** What one of all is the sum of. */
const ADDED: ReadonlySet<InputKey> = new Set(SHARED);

/** What a part counts by in the mean of an input; of what is of a pull request by how many it merges. */
const volume = (terms: ModelTerms) => terms.pullRequestsPerMonth;
const savedCost = (terms: ModelTerms) => volume(terms).times(terms.developerRate);
const reworkCost = (terms: ModelTerms) => savedCost(terms).times(terms.hoursPerRework);
const rollbackCost = (terms: ModelTerms) =>
  volume(terms).times(
    terms.hoursPerRollback.times(terms.developerRate).plus(terms.incidentShare.times(terms.incidentCost)),
  );
const reviewCost = (terms: ModelTerms) => volume(terms).times(terms.reviewerRate);

/**
 * By what each input is weighted, so that a month at full volume of the mix costs and brings what those of its parts do
 * together: of a product of inputs each is weighted by the others.
 */
const WEIGHTS: Readonly<Partial<Record<InputKey, (terms: ModelTerms) => Decimal>>> = {
  hoursSaved: savedCost,
  realisation: (terms) => savedCost(terms).times(terms.hoursSaved),
  oversightHours: reviewCost,
  humanReviewHours: reviewCost,
  hoursPerRework: savedCost,
  reworkRate: reworkCost,
  baselineReworkRate: reworkCost,
  hoursPerRollback: savedCost,
  incidentCost: (terms) => volume(terms).times(terms.incidentShare),
  rollbackRate: rollbackCost,
  baselineRollbackRate: rollbackCost,
  governanceRate: (terms) => terms.governanceHours,
  seatPrice: (terms) => terms.seats,
  dipSalary: (terms) => terms.dipDevelopers,
  dipShare: (terms) => terms.dipDevelopers.times(terms.dipSalary),
  dipMonths: (terms) => terms.dipDevelopers.times(terms.dipSalary),
};

/** Months are whole. */
const WHOLE: ReadonlySet<InputKey> = new Set(["rampMonths", "dipMonths"]);

export interface MixedModel {
  model: GroupModel;
  /** What the months of the model are the sum of; of one alone that one. */
  parts: readonly GroupModel[];
}

/**
 * One model of several teams: its inputs are the current mix of theirs, and its months the sum of their months.
 * @param all what is measured, said and known of them together
 */
export function mixModels(parts: readonly GroupModel[], all: GroupModel, isMerged: boolean): MixedModel {
  const spending = sumSpending(parts.map((part) => part.spending));
  const [only, other] = parts;
  const without = (reason: string | null, missing: GroupModel["missing"] = []): MixedModel => ({
    model: { ...all, inputs: null, missing, reason, spending },
    parts,
  });
  if (only === undefined) return { model: all, parts: [] };
  const lacking = parts.find(({ inputs }) => inputs === null);
  if (lacking !== undefined) return without(lacking.reason, lacking.missing);
  if (!isMerged) return without(NOTHING_MERGED);
  if (other === undefined) return { model: { ...only, said: all.said }, parts };
  const known = parts.map(({ inputs }) => inputs as Inputs);
  const differ = ALIKE.filter((key) => known.some((inputs) => inputs[key].value !== (known[0] as Inputs)[key].value));
  if (differ.length > 0) return without("teams differ in the months that are planned for or the discount rate");
  return { model: { ...all, missing: [], reason: null, inputs: mixInputs(known, all.inputs), spending }, parts };
}

function mixInputs(parts: readonly Inputs[], all: Inputs | null): Inputs {
  const terms = parts.map((inputs) => termsOf(valuesOf(inputs)));
  return Object.fromEntries(INPUT_KEYS.map((key) => [key, mixInput(key, parts, terms, all)])) as Record<
    InputKey,
    ModelInput
  >;
}

function mixInput(
  key: InputKey,
  parts: readonly Inputs[],
  terms: readonly ModelTerms[],
  all: Inputs | null,
): ModelInput {
  const inputs = parts.map((part) => part[key]);
  if (key === "seats" && isBilled(parts)) return { ...(whole(all, key) ?? largest(inputs, terms, key)), value: "1" };
  if (key === "seatPrice" && isBilled(parts)) {
    const billed = terms.reduce((sum, own) => sum.plus(own.seats.times(own.seatPrice)), new Decimal(0));
    return { ...(whole(all, key) ?? largest(inputs, terms, key)), value: plain(billed) };
  }
  const sources = inputs.filter(({ source }) => source.kind !== "none");
  const together = whole(all, key);
  if (ADDED.has(key)) {
    const value = plain(terms.reduce((sum, own) => sum.plus(own[key]), new Decimal(0)));
    const told = sources.length === 0 || together === undefined ? largest(inputs, terms, key) : together;
    return { ...told, value, source: partOf(told, value) };
  }
  const value = mean(key, terms);
  const isSame = inputs.every((input) => input.value === inputs[0]?.value);
  // Measured of all together, and paid by all together: the value is the mix, and the source is of all.
  const source = together?.source.kind;
  if (together !== undefined && (isSame || source === "measured" || source === "ledger")) {
    return { ...together, value, ...(value !== together.value && source === "measured" && { isMix: true }) };
  }
  return { ...withRange(largest(inputs, terms, key), inputs, terms, key), value, ...(!isSame && { isMix: true }) };
}

const whole = (all: Inputs | null, key: InputKey): ModelInput | undefined => all?.[key];

/** Seats are billed as one amount and not counted: together they are one amount again. */
const isBilled = (parts: readonly Inputs[]): boolean =>
  parts.some(({ seats }) => seats.source.kind === "ledger") &&
  parts.every(({ seats }) => seats.source.kind === "ledger" || seats.source.kind === "none");

/** Of what is said of more than these teams, their part. */
function partOf({ source, value }: ModelInput, own: string): InputSource {
  if (source.kind !== "said" || Number(value) === 0 || own === value) return source;
  const part = new Decimal(own).div(value);
  const end = (text: string | null) => (text === null ? null : plain(new Decimal(text).times(part)));
  return {
    ...source,
    low: end(source.low),
    high: end(source.high),
    part: part.lt(1) ? part.toDecimalPlaces(6).toNumber() : null,
  };
}

const plain = (value: Decimal): string => value.toDecimalPlaces(DIGITS).toFixed();

const weightsOf = (key: InputKey, terms: readonly ModelTerms[]): Decimal[] => {
  const weights = terms.map(WEIGHTS[key] ?? volume);
  // What costs nothing anywhere is weighted by pull requests alone.
  return weights.some((weight) => !weight.isZero()) ? weights : terms.map(volume);
};

function mean(key: InputKey, terms: readonly ModelTerms[]): string {
  const [first] = terms;
  if (first === undefined || terms.every((own) => own[key].eq(first[key]))) return plain((first as ModelTerms)[key]);
  const value = weighted(
    weightsOf(key, terms),
    terms.map((own) => own[key]),
  );
  return plain(WHOLE.has(key) ? Decimal.max(1, value.toDecimalPlaces(0)) : value);
}

function weighted(weights: readonly Decimal[], values: readonly Decimal[]): Decimal {
  const sum = weights.reduce((all, weight) => all.plus(weight), new Decimal(0));
  if (sum.isZero()) return values[0] ?? sum;
  return values
    .reduce((all, value, index) => all.plus(value.times(weights[index] as Decimal)), new Decimal(0))
    .div(sum);
}

/** The input of the part that counts most in it. */
function largest(inputs: readonly ModelInput[], terms: readonly ModelTerms[], key: InputKey): ModelInput {
  const weights = ADDED.has(key) ? terms.map((own) => own[key]) : weightsOf(key, terms);
  let found = 0;
  for (const [index, weight] of weights.entries()) {
    const isTold = inputs[index]?.source.kind !== "none";
    const beats = weight.gt(weights[found] as Decimal) || inputs[found]?.source.kind === "none";
    if (isTold && beats) found = index;
  }
  return inputs[found] as ModelInput;
}

/** What is said of several with a range has the range of their mix; one without a range is at its value at both ends. */
function withRange(
  input: ModelInput,
  inputs: readonly ModelInput[],
  terms: readonly ModelTerms[],
  key: InputKey,
): ModelInput {
  const { source } = input;
  if (source.kind !== "said" && source.kind !== "usual") return input;
  const weights = weightsOf(key, terms);
  const end = (of: "low" | "high"): string | null => {
    const ends = inputs.map((one) => endOf(one.source, of));
    if (ends.every((one) => one === null)) return null;
    return plain(
      weighted(
        weights,
        ends.map((one, index) => new Decimal(one ?? inputs[index]?.value ?? 0)),
      ),
    );
  };
  return { ...input, source: { ...source, low: end("low"), high: end("high") } };
}

const endOf = (source: InputSource, end: "low" | "high"): string | null =>
  source.kind === "said" || source.kind === "usual" ? source[end] : null;
