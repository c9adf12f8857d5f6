import { z } from "zod";
import { ownRulesSchema } from "@/lib/core/own-rules";
import { reportRequestSchema } from "@/lib/reports/schema";
import { importRequestSchema } from "@/lib/settings/schema";

/** The row that tells the screen how far the job is. */
const operation = { operationId: z.uuid() };

/** The closed set of jobs and what each takes. Add fields as optional: jobs enqueued by an older version still run. */
export const jobPayloads = {
  "unlock-dead-workers": z.object({}),
  project: z.object({}),
  "prune-fact-changes": z.object({}),
  "prune-accounts": z.object({}),
  "apply-retention": z.object({}),
  "post-due-costs": z.object({}),
  "read-telemetry": z.object({}),
  "pull-vendor-costs": z.object({}),
  "link-telemetry": z.object({}),
  "follow-github": z.object({}),
  "reconcile-github": z.object({}),
  "load-sample": z.object(operation),
  "remove-sample": z.object(operation),
  "preview-rules": z.object({ ...operation, orgId: z.int(), rules: ownRulesSchema }),
  "keep-vintages": z.object({}),
  "send-reports": z.object({}),
  "make-report": z.object({ ...operation, userId: z.string(), ...reportRequestSchema.shape }),
  "import-git": z.object({ ...operation, request: importRequestSchema }),
} as const;

export type JobName = keyof typeof jobPayloads;
export type JobPayload<Name extends JobName> = z.infer<(typeof jobPayloads)[Name]>;
