import { z } from "zod";
import { AppError } from "@/lib/core/errors";

/** What of a SARIF 2.1 log says how much was found; everything else is passed over. */
const logSchema = z.object({
  runs: z
    .array(
      z.object({
        tool: z.object({ driver: z.object({ name: z.string().trim().min(1).max(100) }) }),
        // Left out: the run was not meant to find anything, or ended before it could.
        results: z
          .array(
            z.object({
              kind: z.string().optional(),
              level: z.string().optional(),
              baselineState: z.string().optional(),
              suppressions: z.array(z.object({ status: z.string().optional() })).nullish(),
            }),
          )
          .nullish(),
      }),
    )
    .min(1),
});
type Result = NonNullable<z.infer<typeof logSchema>["runs"][number]["results"]>[number];

/** Passed checks, notes of no level, what was there before, and what somebody accepted are nothing that was found. */
function isFinding({ baselineState, kind = "fail", level, suppressions }: Result): boolean {
  if (kind !== "fail" || level === "none" || baselineState === "unchanged" || baselineState === "absent") return false;
  return !(suppressions ?? []).some(({ status = "accepted" }) => status === "accepted");
}

export interface ToolFindings {
  tool: string;
  findings: number;
}

/**
 * Counts the findings of a SARIF log by tool; runs of one tool are added up.
 * @throws {AppError} `unprocessable` where it is no such log, or no run of it says what it found
 */
export function readSarif(text: string, pointer: string): ToolFindings[] {
  const refuse = (message: string) => new AppError({ code: "unprocessable", message, pointer });
  let log: unknown;
  try {
    log = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw refuse("This report is no JSON.");
  }
  const parsed = logSchema.safeParse(log);
  if (!parsed.success) {
    const at = parsed.error.issues[0]?.path.join("/") ?? "";
    throw refuse(`This report is no SARIF log: see ${at === "" ? "its beginning" : at}.`);
  }
  const byTool = new Map<string, number>();
  for (const { results, tool } of parsed.data.runs) {
    if (results == null) continue;
    const { name } = tool.driver;
    byTool.set(name, (byTool.get(name) ?? 0) + results.filter(isFinding).length);
  }
  if (byTool.size === 0) throw refuse("No run of this report says what it found: it has no results, not even none.");
  return [...byTool].map(([tool, findings]) => ({ tool, findings })).sort((a, b) => (a.tool < b.tool ? -1 : 1));
}
