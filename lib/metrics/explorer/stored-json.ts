import { z } from "zod";
import { CONFIDENCES } from "@/lib/core/dimensions";
import type { EvidenceItem } from "@/lib/metrics/explorer/types";

/** The JSON columns of the facts, as the projection writes them. */
const evidence: z.ZodType<EvidenceItem> = z.object({
  rule: z.string(),
  text: z.string(),
  quote: z.string().optional(),
  at: z.string().optional(),
});

export const evidenceListSchema = z.array(evidence);

export const storedAgentsSchema = z.array(
  z.object({ agent: z.string(), share: z.number(), confidence: z.enum(CONFIDENCES), evidence: evidenceListSchema }),
);

export const storedAuthorshipSchema = z.object({
  confidence: z.enum(CONFIDENCES),
  evidence: evidenceListSchema,
  suggestions: z.array(z.string()),
  ruleVersion: z.string(),
});

export const storedCategorySchema = z.object({ rule: z.string(), evidence, classifierVersion: z.string() });

/** What a pull request that was closed holds of its verdicts; one that is to be projected again holds nothing. */
export const storedVerdictsSchema = z.object({
  authorName: z.string().nullable().default(null),
  agents: storedAgentsSchema.default([]),
  authorship: storedAuthorshipSchema.default({ confidence: "none", evidence: [], suggestions: [], ruleVersion: "" }),
  category: storedCategorySchema.default({ rule: "default", evidence: { rule: "", text: "" }, classifierVersion: "" }),
});

export const storedTeamSchema = z.object({
  evidence,
  delegation: z.object({ name: z.string(), evidence }).optional(),
});

export const storedExclusionSchema = evidence.nullable();
