import { z } from "zod";
import { ASSUMPTIONS, inputWords } from "@/lib/core/roi-inputs";
import { filtersSchema, moment, timeZoneSchema } from "@/lib/metrics/schema";
import { INPUT_KEYS, type InputKey } from "@/lib/roi/engine/inputs";

/** The body of `POST /api/v1/roi/models` and `POST /api/v1/costs/query`. */
export const moneyQuerySchema = z.strictObject({
  from: moment,
  to: moment,
  timeZone: timeZoneSchema.optional(),
  filters: filtersSchema.pick({ org: true, team: true }).default({}),
});
export type MoneyQuery = z.output<typeof moneyQuerySchema>;

/** The most that inputs can be that nobody enters, but which are measured or paid. */
const MOST_MEASURED: Readonly<Partial<Record<InputKey, number>>> = {
  oversightHours: 744,
  humanReviewHours: 744,
  reworkRate: 1,
  baselineReworkRate: 1,
  rollbackRate: 1,
  baselineRollbackRate: 1,
  apiCost: 1_000_000_000,
  ciCost: 1_000_000_000,
};

/** Without a month there is no plan. */
const AT_LEAST_ONE: ReadonlySet<InputKey> = new Set(["rampMonths", "horizonMonths"]);

const mostOf = (key: InputKey): number =>
  MOST_MEASURED[key] ?? (key in ASSUMPTIONS ? inputWords(key as keyof typeof ASSUMPTIONS).most : 0);

const isWhole = (key: InputKey): boolean =>
  key in ASSUMPTIONS && inputWords(key as keyof typeof ASSUMPTIONS).unit === "months";

/** Decimal text: no float touches money. */
const amount = z.string().regex(/^\d{1,12}(?:\.\d{1,34})?$/, { error: "must be a number such as 95 or 0.5" });

/** Every input of the model, each within what it can mean. */
const modelInputsSchema = z
  .strictObject(Object.fromEntries(INPUT_KEYS.map((key) => [key, amount])) as Record<InputKey, typeof amount>)
  .superRefine((inputs, context) => {
    for (const key of INPUT_KEYS) {
      const value = Number(inputs[key]);
      const least = AT_LEAST_ONE.has(key) ? 1 : 0;
      const refuse = (message: string) =>
        context.addIssue({ code: "custom", path: [key], message, input: inputs[key] });
      if (value < least || value > mostOf(key)) refuse(`must lie between ${least} and ${mostOf(key)}`);
      else if (isWhole(key) && !Number.isInteger(value)) refuse("must be a whole number");
    }
  });

const scenario = {
  /** Slug of the organisation. */
  org: z.string().min(1).max(200),
  /** Slug of the team that it is of; null: of the whole organisation. */
  team: z.string().min(1).max(200).nullable(),
  name: z.string().trim().min(1, { error: "must not be empty" }).max(80),
  currency: z.string().regex(/^[A-Z]{3}$/, { error: "must be the code of a currency, such as EUR" }),
  /** What it is about, or why it is thought. */
  why: z.string().trim().min(1, { error: "says what it is about" }).max(500),
};

/** The body of `POST /api/v1/roi/scenarios`. */
export const scenarioEntrySchema = z.strictObject({ ...scenario, inputs: modelInputsSchema });

/** One version of a scenario that was kept. */
export const scenarioSchema = z.strictObject({
  ...scenario,
  id: z.int(),
  version: z.int(),
  inputs: z.record(z.enum(INPUT_KEYS), z.string()),
  by: z.string(),
  at: z.iso.datetime(),
  /** It is offered no more; an address that names it still shows it. */
  isRemoved: z.boolean(),
});
