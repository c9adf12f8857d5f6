import { withinChance } from "@/components/metrics/by-chance";
import type { Opening, Segment } from "@/components/metrics/headline";
import { formatKOfN, formatPercent, formatPercentInterval, formatPoints, formatQuantity } from "@/lib/core/format";
import type { MetricRow, StandardisedComparison } from "@/lib/metrics/types";

export interface RollbackOpeningInput {
  subject: { name: string; theirs: string };
  within24h: MetricRow | undefined;
  within7d: MetricRow | undefined;
  /** null where a filter already chose who is counted. */
  comparison: StandardisedComparison | null;
}

/** The Rollbacks page in two sentences, and what has to be said about them. */
export function rollbackOpening({ subject, within24h, within7d, comparison }: RollbackOpeningInput): Opening {
  const n = within7d?.n ?? 0;
  if (within7d === undefined || n === 0) {
    const young = within7d?.immature ?? 0;
    return young > 0
      ? {
          headline: ["Nothing of this period is old enough yet to say what was rolled back within seven days."],
          lede: [
            `${formatQuantity(young, "pull request")} ${young === 1 ? "was" : "were"} merged less than seven days before the data ends.`,
          ],
        }
      : {
          headline: [`${subject.name} merged no pull requests in this period with these filters.`],
          lede: ["Choose a longer period or clear a filter."],
        };
  }
  return {
    headline: headlineOf(subject.name, within24h, within7d, n),
    lede: [...basisOf(within7d, n), ...comparisonOf(comparison)],
  };
}

/** A subject's name inside of a sentence: `agents`, but `Claude Code`. */
export function whoIn(name: string): string {
  return name === "People" || name === "Agents" ? name.toLowerCase() : name;
}

function headlineOf(name: string, within24h: MetricRow | undefined, within7d: MetricRow, n: number): Segment[] {
  const k = within7d.k ?? 0;
  if (k === 0) return [`${name}: none of ${formatQuantity(n, "pull request")} was rolled back within seven days.`];
  if (within7d.value === null || within7d.flags.includes("few")) {
    return [`${name}: ${formatKOfN(k, n)} pull requests rolled back within seven days.`];
  }
  const day =
    within24h?.value == null || within24h.flags.includes("few")
      ? ["."]
      : [", ", { figure: formatPercent(within24h.value) }, " already within 24 hours."];
  return [
    { figure: formatPercent(within7d.value) },
    ` of pull requests by ${whoIn(name)} were rolled back within seven days`,
    ...day,
  ];
}

function basisOf(row: MetricRow, n: number): string[] {
  if (row.flags.includes("few") || row.lo === null || row.hi === null) {
    return [`${formatQuantity(n, "pull request")} old enough ${n === 1 ? "is" : "are"} too few to give a rate.`];
  }
  const small = row.flags.includes("small_sample") ? ", a small sample" : "";
  const young =
    row.immature > 0
      ? [
          `${formatQuantity(row.immature, "pull request")} merged in the last seven days ${row.immature === 1 ? "is" : "are"} left out.`,
        ]
      : [];
  return [
    `The 95 % interval is ${formatPercentInterval(row.lo, row.hi)}, from ${formatQuantity(n, "pull request")}${small}.`,
    ...young,
  ];
}

function comparisonOf(comparison: StandardisedComparison | null): string[] {
  const agent = comparison?.arms.find(({ arm }) => arm === "agent");
  const human = comparison?.arms.find(({ arm }) => arm === "human");
  const difference = comparison?.difference;
  if (difference?.value == null || agent?.standardised.value == null || human?.standardised.value == null) return [];
  if (agent.crude.n < 30 || human.crude.n < 30)
    return ["There is too little work of one side to compare agents with people."];
  const rates = `${formatPercent(agent.standardised.value)} for agents, ${formatPercent(human.standardised.value)} for people`;
  return withinChance(difference)
    ? [`At the same mix of work agents and people do not differ by more than chance: ${rates}.`]
    : [`At the same mix of work the difference is ${formatPoints(difference.value)}: ${rates}.`];
}
