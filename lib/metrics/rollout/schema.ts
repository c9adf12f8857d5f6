import { z } from "zod";
import { ROLLOUT_PHASES } from "@/lib/core/rollout-words";
import { inUrl } from "@/lib/metrics/list-schema";
import { findMetric } from "@/lib/metrics/registry";
import { filtersSchema, metricId } from "@/lib/metrics/schema";
import type { EffectAnswer, PilotAnswer, Rollout } from "./types";

/** What a rollout can be narrowed by: it is about teams. */
const teamFilters = filtersSchema.pick({ org: true, team: true });

/** The query of `GET /api/v1/rollout`. */
export const rolloutQuerySchema = z.strictObject({
  org: inUrl(teamFilters.shape.org),
  team: inUrl(teamFilters.shape.team),
});

const metricOfTeams = metricId.refine(
  (id) => {
    const definition = findMetric(id);
    return definition === undefined || definition.descriptor.dimensions.includes("team");
  },
  { error: (issue) => `the metric "${String(issue.input)}" is not known by team` },
);

/** The body of `POST /api/v1/rollout/pilot`: which teams would begin, and for how long before and after is looked at. */
export const pilotQuerySchema = z.strictObject({
  metric: metricOfTeams,
  teams: z
    .array(z.string().min(1).max(200))
    .min(1)
    .max(1000)
    .refine((teams) => new Set(teams).size === teams.length, { error: "names a team twice" }),
  weeks: z.int().min(2).max(52),
  filters: teamFilters.default({}),
});
export type PilotQuery = z.infer<typeof pilotQuerySchema>;

/** The body of `POST /api/v1/rollout/effect`. */
export const effectQuerySchema = z.strictObject({
  metric: metricOfTeams,
  /** First day of the wave, as `GET /api/v1/rollout` tells. */
  wave: z.iso.date(),
  filters: teamFilters.default({}),
});
export type EffectQuery = z.infer<typeof effectQuerySchema>;

const day = z.iso.date();
const weeks = z.strictObject({ from: day, to: day }).nullable();
const share = z.number().nullable();

const wave = z.strictObject({
  from: day,
  to: day,
  treated: z.array(z.string()),
  control: z.array(z.string()),
  before: weeks,
  after: weeks,
  reason: z.string().nullable(),
});

/** The answer of `GET /api/v1/rollout`. */
export const rolloutSchema = z.strictObject({
  asOf: z.iso.datetime().nullable(),
  teams: z.array(
    z.strictObject({
      org: z.string(),
      team: z.string(),
      phases: z.array(z.strictObject({ phase: z.enum(ROLLOUT_PHASES), startsOn: day })),
      phase: z.enum(ROLLOUT_PHASES).nullable(),
      adoptedOn: day.nullable(),
      firstUse: day.nullable(),
      adoption: z.strictObject({ value: share, k: z.int().nullable(), n: z.int().nullable() }),
      peak: z.strictObject({ value: z.number(), week: day }).nullable(),
      signs: z.array(z.string()),
    }),
  ),
  waves: z.array(wave),
}) satisfies z.ZodType<Rollout>;

/** The answer of `POST /api/v1/rollout/effect`. */
export const effectAnswerSchema = z.strictObject({
  metric: z.string(),
  wave,
  teams: z.array(
    z.strictObject({ team: z.string(), arm: z.enum(["treated", "control"]), before: share, after: share }),
  ),
  effect: z
    .strictObject({
      estimate: z.number(),
      lo: z.number(),
      hi: z.number(),
      relative: share,
      p: z.number(),
      isExact: z.boolean(),
      smallestP: z.number(),
      mayBeSignificant: z.boolean(),
      detectable: z.number(),
      treated: z.int(),
      control: z.int(),
    })
    .nullable(),
  reason: z.string().nullable(),
  isRatio: z.boolean(),
  weeks: z.array(
    z.strictObject({ week: day, treated: share, control: share, difference: share, isBefore: z.boolean() }),
  ),
}) satisfies z.ZodType<EffectAnswer>;

/** The answer of `POST /api/v1/rollout/pilot`. */
export const pilotAnswerSchema = z.strictObject({
  metric: z.string(),
  weeks: z.int(),
  from: day,
  to: day,
  isRatio: z.boolean(),
  treated: z.int(),
  control: z.int(),
  detectable: z.number().nullable(),
  relative: z.number().nullable(),
  mayBeSignificant: z.boolean(),
  reason: z.string().nullable(),
}) satisfies z.ZodType<PilotAnswer>;
