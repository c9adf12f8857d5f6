import type { Scope } from "@/lib/auth/scope";
import { withoutPersons } from "@/lib/auth/without-persons";
import { startOfDay, startOfMonth } from "@/lib/core/zoned-time";
import type { OrgEntry } from "@/lib/metrics/directory";
import { readRoiReport } from "@/lib/metrics/money/read-report";
import type { ModelPart } from "@/lib/metrics/money/types";
import { findMetric } from "@/lib/metrics/registry";
import { ledgerHash } from "./ledger-hash";
import type { ClosedPart, CloseSnapshot } from "./types";

/** The metrics that a model is made from. */
const MEASURED_BY = ["agent_prs_merged", "rollback_rate_7d", "pr_rework_rate", "review_hours_per_pr", "cost_per_pr"];

/** What a month is worked out from today, or why it cannot be. */
export interface MonthContent {
  content: Omit<CloseSnapshot, "values" | "adjustments" | "watermark"> | null;
  reason: string | null;
}

/** The first instant of a month and of the next one, in the zone of its organisation. */
export function spanOf(month: string, timeZone: string): { from: Date; to: Date } {
  const first = `${month}-01`;
  return { from: startOfDay(first, timeZone), to: startOfDay(startOfMonth(first, 1), timeZone) };
}

const keyOf = ({ kind, team }: ModelPart): string =>
  kind === "team" ? (team ?? "") : kind === "no_team" ? "no-team/" : "unallocated/";

function closedPart(part: ModelPart, merged: number): ClosedPart {
  const { inputs, spending } = part.model;
  return { key: keyOf(part), merged, inputs, spending, ledger: part.ledger };
}

/** How many a part merged in the month. */
function mergedOf({ model }: ModelPart): number {
  if (model.spending !== null) return model.spending.merged;
  const source = model.inputs?.pullRequestsPerMonth.source;
  return source?.kind === "measured" ? (source.n ?? 0) : 0;
}

/** Reads what a month of an organisation would be frozen as. Whoever reads it, small teams are one. */
export async function readMonth(scope: Scope, org: OrgEntry, month: string): Promise<MonthContent> {
  const { slug, timeZone } = org;
  const { from, to } = spanOf(month, timeZone);
  const { lines, models } = await readRoiReport(withoutPersons(scope), {
    from: from.toISOString(),
    to: to.toISOString(),
    timeZone,
    filters: { org: [slug] },
  });
  const { parts, whole } = models;
  if (whole.currency === null || models.asOf === null) {
    return { content: null, reason: whole.reason ?? "no data" };
  }
  if (whole.spending === null) return { content: null, reason: "no source tells of costs in this month" };
  const lacking = parts.find((part) => part.model.inputs === null && mergedOf(part) > 0);
  if (lacking !== undefined) return { content: null, reason: lacking.model.reason };
  return {
    reason: null,
    content: {
      format: 1,
      organization: slug,
      month,
      timeZone,
      currency: whole.currency,
      dataCompleteTo: models.asOf,
      metrics: Object.fromEntries(MEASURED_BY.map((id) => [id, findMetric(id)?.descriptor.version ?? 0])),
      allocation: models.allocations[0]?.key ?? "pull_requests",
      ledger: { lines: lines.length, sha256: ledgerHash(lines) },
      parts: parts.map((part) => closedPart(part, mergedOf(part))).sort((a, b) => (a.key < b.key ? -1 : 1)),
    },
  };
}
