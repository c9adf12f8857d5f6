import { z } from "zod";
import { ADVERSE_LAYERS } from "@/lib/core/adverse-layers";
import { REVERT_KINDS, ROLLBACK_KINDS } from "@/lib/core/dimensions";
import { filtersSchema, metricsQuerySchema, moment, pullRequestMetricId, timeZoneSchema } from "./schema";

/** A list in a URL: the parameter repeated, or its values separated by commas. */
export function inUrl<Schema extends z.ZodType>(list: Schema) {
  return z.preprocess((value) => {
    const texts: unknown[] = Array.isArray(value) ? value : [value];
    return value === undefined
      ? undefined
      : texts.flatMap((text) => (typeof text === "string" ? text.split(",").filter((part) => part !== "") : [text]));
  }, list);
}

const flag = z
  .enum(["true", "false"])
  .transform((value) => value === "true")
  .pipe(z.boolean());
const limit = z.coerce.number().int().min(1).max(200).default(50);
const cursor = z.string().max(1000).optional();

const { org, repo, team, agent, authorKind, category, severity, sizeBucket, cause } = filtersSchema.shape;
const urlFilters = {
  org: inUrl(org),
  repo: inUrl(repo),
  team: inUrl(team),
  agent: inUrl(agent),
  authorKind: inUrl(authorKind),
  category: inUrl(category),
  severity: inUrl(severity),
  sizeBucket: inUrl(sizeBucket),
  cause: inUrl(cause),
};
const urlPeriod = { from: moment.optional(), to: moment.optional(), timeZone: timeZoneSchema.optional() };

export const PULL_REQUEST_SORTS = [
  "mergedAt",
  "-mergedAt",
  "hoursToRollback",
  "-hoursToRollback",
  "effectiveLines",
  "-effectiveLines",
] as const;

/** The parameters of `GET /api/v1/pull-requests`; `-` in front of a sort means descending, missing values come last. */
export const pullRequestListSchema = z.strictObject({
  ...urlPeriod,
  ...urlFilters,
  /** How they ended: merged, closed without a merge, or either. */
  ended: z.enum(["merged", "closed", "any"]).default("merged"),
  /** Rolled back, within `window` when one is given. */
  rolledBack: flag.optional(),
  /** Only pull requests that are mature for this window: the ones that a rate over it counts. */
  window: z.enum(["24h", "7d"]).optional(),
  /** Shows this sign that it was taken back or mended; of several that are named in `among`, this one first. */
  sign: z.enum(ADVERSE_LAYERS).optional(),
  among: inUrl(z.array(z.enum(ADVERSE_LAYERS)).min(1).optional()),
  /** Within so many hours of the merge, however young it is; a revert where no sign is named. */
  within: z.coerce.number().positive().max(8760).optional(),
  /** Inside of the eligible population, or left out of it. */
  counted: flag.optional(),
  /** What is behind the number of a metric: what it counts, or the rest of what it is a share of. */
  metric: pullRequestMetricId.optional(),
  part: z.enum(["counted", "rest"]).optional(),
  /** Part of the title, or a number. */
  q: z
    .string()
    .trim()
    .max(200)
    .regex(/^[^\0]*$/, { error: "must not hold the character U+0000" })
    .optional(),
  sort: z.enum(PULL_REQUEST_SORTS).default("-mergedAt"),
  limit,
  cursor,
});
export type PullRequestListQuery = z.infer<typeof pullRequestListSchema>;

export const ROLLBACK_SORTS = ["revertedAt", "-revertedAt", "hours", "-hours"] as const;

/** The parameters of `GET /api/v1/rollbacks`. Filters are about the pull request that was rolled back. */
export const rollbackListSchema = z.strictObject({
  ...urlPeriod,
  ...urlFilters,
  /** Whether the period is about the revert or about the merge of what it reverts. */
  by: z.enum(["revert", "merge"]).default("revert"),
  /** Kinds to list; what the rates count unless others are named. */
  kind: inUrl(
    z
      .array(z.enum(REVERT_KINDS))
      .min(1)
      .default([...ROLLBACK_KINDS]),
  ),
  sort: z.enum(ROLLBACK_SORTS).default("-revertedAt"),
  limit,
  cursor,
});
export type RollbackListQuery = z.infer<typeof rollbackListSchema>;

/** The parameters of `GET /api/v1/operations`: what the figures of deployments and incidents count. */
export const operationListSchema = z.strictObject({
  ...urlPeriod,
  org: urlFilters.org,
  repo: urlFilters.repo,
  team: urlFilters.team,
  show: z.enum(["deployments", "unplanned", "failed", "incidents"]).default("deployments"),
  limit,
  cursor,
});
export type OperationListQuery = z.infer<typeof operationListSchema>;

/** The parameters of `GET /api/v1/exports/focus.csv`: what the page Cost is asked, in a URL. */
export const costExportSchema = z
  .strictObject({
    from: moment,
    to: moment,
    timeZone: timeZoneSchema.optional(),
    org: urlFilters.org,
    team: urlFilters.team,
  })
  .transform(({ org, team, ...period }) => ({ ...period, filters: { ...(org && { org }), ...(team && { team }) } }));

/** The parameters of `GET /api/v1/data-health`. */
export const dataHealthSchema = z.strictObject({ org: urlFilters.org, repo: urlFilters.repo });
export type DataHealthQuery = z.infer<typeof dataHealthSchema>;

const jsonText = z
  .string()
  .max(20_000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: "is not JSON" });
      return z.NEVER;
    }
  });

const { compare: _, filters: __, from, grain, groupBy, metrics, timeZone, to } = metricsQuerySchema.shape;

/** A metrics query in a URL: the body of the query as JSON in `q`, or its fields as parameters. */
export const metricsExportSchema = z.union([
  z.strictObject({ q: jsonText.pipe(metricsQuerySchema) }).transform(({ q }) => q),
  z
    .strictObject({
      metrics: inUrl(metrics),
      from,
      to,
      timeZone,
      grain,
      groupBy: inUrl(groupBy),
      compare: z.literal("previous").optional(),
      ...urlFilters,
    })
    .transform(
      ({
        org: o,
        repo: r,
        team: t,
        agent: a,
        authorKind: k,
        category: c,
        severity: s,
        sizeBucket: b,
        cause: f,
        ...query
      }) => ({
        ...query,
        filters: {
          org: o,
          repo: r,
          team: t,
          agent: a,
          authorKind: k,
          category: c,
          severity: s,
          sizeBucket: b,
          cause: f,
        },
      }),
    ),
]);
