import { z } from "zod";
import { CONFIDENCES } from "@/lib/core/dimensions";
import type { EvidenceItem } from "@/lib/metrics/types";

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

export const storedTeamSchema = z.object({
  evidence,
  delegation: z.object({ name: z.string(), evidence }).optional(),
});

export const storedExclusionSchema = evidence.nullable();
