import { z } from "zod";
import { ALLOCATION_KEYS, ASSUMPTION_BASES, ASSUMPTION_KEYS } from "@/lib/core/roi-inputs";
import { INPUT_KEYS } from "@/lib/roi/engine/inputs";
import type { AgentUse, CostReport, TeamModels } from "./types";

/** The answers about money as schemas: the OpenAPI document is made from them, and route tests check answers by them. */
const decimal = z.string().regex(/^-?\d+(?:\.\d+)?$/);
const minor = z.string().regex(/^-?\d+$/);
const count = z.int().nonnegative();
const limit = z.number().nullable();

const source = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("measured"),
    metric: z.string(),
    k: count.nullable(),
    n: count.nullable(),
    lo: limit,
    hi: limit,
    of: z.enum(["group", "organisation"]),
  }),
  z.strictObject({ kind: z.literal("ledger"), entries: count, isEstimated: z.literal(true).optional() }),
  z.strictObject({
    kind: z.literal("said"),
    basis: z.enum(ASSUMPTION_BASES),
    of: z.enum(["team", "organisation"]),
    why: z.string(),
    by: z.string(),
    at: z.iso.datetime(),
    validFrom: z.iso.date(),
    low: decimal.nullable(),
    high: decimal.nullable(),
    part: z.number().nullable(),
  }),
  z.strictObject({ kind: z.literal("usual"), low: decimal.nullable(), high: decimal.nullable() }),
  z.strictObject({ kind: z.literal("same"), as: z.enum(INPUT_KEYS) }),
  z.strictObject({ kind: z.literal("none") }),
]);

const lines = z.strictObject({
  api: decimal,
  seats: decimal,
  ci: decimal,
  infrastructure: decimal,
  training: decimal,
  contracts: decimal,
});
const model = z.strictObject({
  currency: z.string().nullable(),
  inputs: z
    .record(
      z.enum(INPUT_KEYS),
      z.strictObject({ value: decimal, source, and: source.optional(), isMix: z.literal(true).optional() }),
    )
    .nullable(),
  missing: z.array(z.enum(ASSUMPTION_KEYS)),
  said: z.array(
    z.strictObject({
      key: z.enum(ASSUMPTION_KEYS),
      of: z.enum(["team", "organisation"]),
      value: decimal,
      low: decimal.nullable(),
      high: decimal.nullable(),
    }),
  ),
  reason: z.string().nullable(),
  spending: z
    .strictObject({
      months: z.number(),
      merged: count,
      lines,
      hours: z.strictObject({
        review: decimal.nullable(),
        rework: decimal.nullable(),
        rollback: decimal.nullable(),
        governance: decimal.nullable(),
      }),
      total: decimal,
      isPartial: z.boolean(),
      mature: count,
      safe: count,
    })
    .nullable(),
});

export const teamModelsSchema = z.strictObject({
  asOf: z.iso.datetime().nullable(),
  whole: model,
  parts: z.array(
    z.strictObject({
      org: z.string(),
      kind: z.enum(["team", "no_team", "unallocated"]),
      team: z.string().nullable(),
      model,
      ledger: z.strictObject({ own: decimal, notAgents: decimal, shared: decimal }),
    }),
  ),
  allocations: z.array(z.strictObject({ org: z.string(), key: z.enum(ALLOCATION_KEYS) })),
  currencies: z.array(z.strictObject({ org: z.string(), currency: z.string().nullable() })),
}) satisfies z.ZodType<TeamModels>;

const shares = z.array(z.strictObject({ name: z.string(), minor, entries: count }));

export const costReportSchema = z.strictObject({
  currencies: z.array(
    z.strictObject({
      currency: z.string(),
      total: minor,
      entries: count,
      months: z.array(
        z.strictObject({
          month: z.string(),
          byItem: z.partialRecord(z.enum(["api", "seats", "ci", "infrastructure", "training"]), minor),
        }),
      ),
      byItem: shares,
      byTeam: shares,
      byCentre: shares,
      byAgent: shares,
      byProvider: shares,
    }),
  ),
  comparisons: z.array(
    z.strictObject({
      month: z.string(),
      provider: z.string(),
      item: z.enum(["api", "seats", "ci", "infrastructure", "training"]),
      currency: z.string(),
      billed: minor.nullable(),
      metered: minor.nullable(),
      estimated: minor.nullable(),
      counted: minor,
    }),
  ),
  centres: z.array(
    z.strictObject({
      id: z.int(),
      org: z.string(),
      team: z.string(),
      code: z.string(),
      name: z.string(),
      validFrom: z.iso.date(),
      validTo: z.iso.date().nullable(),
      by: z.string(),
      at: z.iso.datetime(),
    }),
  ),
  exchanged: z.array(
    z.strictObject({
      org: z.string(),
      month: z.string(),
      currency: z.string(),
      minor,
      into: z.string(),
      rate: decimal.nullable(),
      converted: minor.nullable(),
      said: z.strictObject({ why: z.string(), by: z.string(), at: z.iso.datetime() }).nullable(),
    }),
  ),
}) satisfies z.ZodType<CostReport>;

const dollars = z.string().regex(/^\d+(?:\.\d+)?$/);
const tokens = z.number().nonnegative();
const sessionConfidence = z.enum(["certain", "strong", "weak"]);

export const agentSessionsSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      agent: z.string(),
      session: z.string().nullable(),
      confidence: sessionConfidence,
      how: z.enum(["run", "commit", "trailer", "branch", "time"]),
      isSubscription: z.boolean(),
      firstAt: z.iso.datetime(),
      lastAt: z.iso.datetime(),
      models: z.array(z.string()),
      input: tokens,
      output: tokens,
      cached: tokens,
      sharedBy: z.int().positive(),
      costUsd: dollars.nullable(),
    }),
  ),
});

export const agentUseSchema: z.ZodType<AgentUse> = z.strictObject({
  items: z.array(
    z.strictObject({
      agent: z.string(),
      model: z.string(),
      sessions: count,
      costUsd: dollars.nullable(),
      subscriptionUsd: dollars,
      input: tokens,
      output: tokens,
      cached: tokens,
    }),
  ),
  linked: z.array(
    z.strictObject({ confidence: z.enum([...sessionConfidence.options, "none"]), sessions: count, costUsd: dollars }),
  ),
  pullRequests: count,
  lastAt: z.iso.datetime().nullable(),
});
