import { INPUT_KEYS } from "@/lib/roi/engine/inputs";
import { amountIn, canonicalText, monthValues } from "./snapshot";
import type { Adjustment, AdjustmentCause, ClosedPart, CloseSnapshot } from "./types";

type Content = Pick<CloseSnapshot, "parts" | "allocation" | "ledger" | "rates">;

/** A month that was closed and what it would be frozen as today. */
export interface MonthThenAndNow {
  then: CloseSnapshot;
  now: Content;
}

/** What is different of a part, and so why it comes to something else. */
function causesOf(
  then: ClosedPart | undefined,
  now: ClosedPart | undefined,
  ofMonth: readonly AdjustmentCause[],
): AdjustmentCause[] {
  const causes = new Set<AdjustmentCause>(ofMonth);
  if (then?.merged !== now?.merged) causes.add("pull_requests");
  // The same bills at other rates, or shared out otherwise, are no other costs.
  const isOfMonth = ofMonth.length > 0;
  if (!isOfMonth && canonicalText(then?.ledger ?? null) !== canonicalText(now?.ledger ?? null)) causes.add("costs");
  for (const key of INPUT_KEYS) {
    const [before, after] = [then?.inputs?.[key], now?.inputs?.[key]];
    if (before?.value === after?.value) continue;
    const kind = (after ?? before)?.source.kind;
    // How many were merged is told by itself, and what was paid by the ledger.
    if (kind === "measured") causes.add(key === "pullRequestsPerMonth" ? "pull_requests" : "measured");
    else if (kind !== "ledger") causes.add("assumptions");
  }
  return [...causes].sort();
}

/** What is different of the month as a whole. */
function causesOfMonth(then: Content, now: Content): AdjustmentCause[] {
  const causes: AdjustmentCause[] = [];
  if (then.allocation !== now.allocation) causes.push("allocation");
  if (canonicalText(then.rates ?? {}) !== canonicalText(now.rates ?? {})) causes.push("rates");
  if (causes.length > 0 && then.ledger.sha256 !== now.ledger.sha256) causes.push("costs");
  return causes;
}

/**
 * What closed months would come to today, less what they were closed with and what was posted of them since: it is posted in
 * the month that is open.
 * @param posted what was posted of them in the months that were closed after them
 */
export function adjustmentsOf(months: readonly MonthThenAndNow[], posted: readonly Adjustment[]): Adjustment[] {
  return months.flatMap(({ now, then }) => {
    const values = monthValues(now.parts, [], then.currency);
    const ofMonth = causesOfMonth(then, now);
    const keys = [...new Set([...then.parts.map(({ key }) => key), ...now.parts.map(({ key }) => key)])].sort();
    return keys.flatMap((part) => {
      const partOf = (parts: readonly ClosedPart[]) => parts.find(({ key }) => key === part);
      const causes = causesOf(partOf(then.parts), partOf(now.parts), ofMonth);
      return (["benefit", "cost"] as const).flatMap((line): Adjustment[] => {
        const already = posted
          .filter((one) => one.month === then.month && one.part === part && one.line === line)
          .reduce((sum, { minor }) => sum + BigInt(minor), 0n);
        const difference = amountIn(values, part, line) - amountIn(then.values, part, line) - already;
        return difference === 0n ? [] : [{ month: then.month, part, line, minor: String(difference), causes }];
      });
    });
  });
}
