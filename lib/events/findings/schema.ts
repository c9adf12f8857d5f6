import { z } from "zod";

const tool = z.string().trim().min(1, { error: "must not be empty" }).max(100);
const findings = z.int().nonnegative().max(2_147_483_647);

/** The body of `POST /api/v1/findings`: a report in SARIF, or what a scanner without one counted. */
export const findingsReportSchema = z
  .strictObject({
    /** `org/name`. */
    repository: z.string().min(3).max(300),
    number: z.int().positive().max(2_147_483_647),
    /** When it was scanned; now, where it is left out. */
    at: z.iso.datetime({ offset: true }).optional(),
    /** A SARIF 2.1 log, as text. */
    sarif: z.string().min(1, { error: "must not be empty" }).optional(),
    tool: tool.optional(),
    findings: findings.optional(),
  })
  .superRefine(({ findings, sarif, tool }, context) => {
    const issue = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (sarif === undefined && tool === undefined)
      issue("sarif", "is missing: send a report, or a tool and its findings");
    else if (sarif !== undefined && findings !== undefined)
      issue("findings", "are counted from the report: leave it out");
    else if (sarif !== undefined && tool !== undefined) issue("tool", "is named by the report: leave it out");
    else if (sarif === undefined && findings === undefined)
      issue("findings", "is missing: 0 says that nothing was found");
  });

/** What was counted, tool by tool. */
export const countedFindingsSchema = z.strictObject({
  tools: z.array(z.strictObject({ tool: z.string(), findings: z.int().nonnegative() })),
});
