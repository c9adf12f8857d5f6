import { formatCount, formatPercent, formatQuantity } from "@/lib/core/format";

/** The list in a sentence: how many, and how many of them came back. `rolledBack` undefined: not known yet. */
export function explorerHeadline({
  total,
  rolledBack,
  outcome,
  ended,
}: {
  total: number;
  rolledBack: number | undefined;
  /** What the list is narrowed to: true rolled back, false not, null both. */
  outcome: boolean | null;
  /** How what is listed ended; null: merged. */
  ended: "closed" | "any" | null;
}): string {
  if (ended !== null && outcome !== true) {
    const how = ended === "closed" ? "closed without a merge" : "merged or closed";
    return total === 0 ? "No pull request fits." : `${formatQuantity(total, "pull request")} ${how}.`;
  }
  if (outcome === true) return total === 0 ? "No pull request here was rolled back." : `${were(total)} rolled back.`;
  if (total === 0) return "No pull request fits.";
  const merged = `${formatQuantity(total, "pull request")} merged`;
  if (outcome === false) return `${merged} and not rolled back.`;
  if (rolledBack === undefined) return `${merged}.`;
  if (rolledBack === 0) return `${merged}, none of them rolled back.`;
  return `${merged}, ${formatCount(rolledBack)} of them rolled back${shareOf(rolledBack, total)}.`;
}

function were(count: number): string {
  return `${formatQuantity(count, "pull request")} ${count === 1 ? "was" : "were"}`;
}

/** A share of few is no rate (metrics.md G10). */
function shareOf(part: number, whole: number): string {
  return whole < 30 ? "" : ` (${formatPercent(part / whole, 1)})`;
}
