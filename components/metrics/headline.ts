import {
  formatCount,
  formatKOfN,
  formatPercent,
  formatPercentInterval,
  formatPoints,
  formatQuantity,
} from "@/lib/core/format";
import type { MetricFilters, MetricRow } from "@/lib/metrics/types";
import { withinChance } from "./by-chance";

/** Plain text, or a figure that the sentence is about. */
export type Segment = string | { figure: string };

export interface Opening {
  headline: Segment[];
  /** The caveats that matter, as whole sentences. */
  lede: string[];
}

export interface HeadlineInput {
  /** Who the sentence is about: agents unless a filter says otherwise. */
  subject: { name: string; theirs: string };
  /** `ai_share_prs`: k by the subject of n merged. */
  share: MetricRow | undefined;
  /** `rollback_rate_7d` of the subject. */
  rolledBack: MetricRow | undefined;
  /** How the comparison period is called, null when nothing is compared. */
  before: string | null;
}

/** The Overview in two sentences, and what has to be said about them. */
export function overviewOpening({ subject, share, rolledBack, before }: HeadlineInput): Opening {
  const merged = share?.n ?? 0;
  if (merged === 0) {
    return {
      headline: ["No pull requests were merged in this period with these filters."],
      lede: ["Choose a longer period or clear a filter."],
    };
  }
  const own = share?.k ?? 0;
  if (own === 0) {
    return {
      headline: [
        `None of the ${formatQuantity(merged, "merged pull request")} carries the mark of ${subject.name.toLowerCase()}.`,
      ],
      lede: ["Agent work committed under a person's account leaves no mark and cannot be seen."],
    };
  }
  return {
    headline: [
      ...shareSentence(subject.name, share, own, merged),
      " ",
      ...rollbackSentence(subject.theirs, rolledBack),
    ],
    lede: [
      ...intervalSentence(rolledBack),
      ...changeSentence(rolledBack, before),
      ...youngSentence(rolledBack),
      ...(share?.flags.includes("lower_bound") === true
        ? ["Agent work committed under a person's account is not seen, so the share is a lower bound."]
        : []),
    ],
  };
}

function shareSentence(name: string, share: MetricRow | undefined, own: number, merged: number): Segment[] {
  if (share === undefined || share.value === null || share.flags.includes("few")) {
    return [`${name} merged ${formatKOfN(own, merged)} ${merged === 1 ? "pull request" : "pull requests"}.`];
  }
  const bound = share.flags.includes("lower_bound") ? "at least " : "";
  return [`${name} merged ${bound}`, { figure: formatPercent(share.value, 0) }, " of all pull requests."];
}

function rollbackSentence(theirs: string, row: MetricRow | undefined): Segment[] {
  const n = row?.n ?? 0;
  if (row === undefined || n === 0) return [`None of ${theirs} is old enough yet to say how many are rolled back.`];
  const k = row.k ?? 0;
  if (k === 0) return [`None of ${theirs} was rolled back within seven days, of ${formatCount(n)} old enough.`];
  if (row.value === null || row.flags.includes("few")) {
    return [`${formatKOfN(k, n)} of ${theirs} ${k === 1 ? "was" : "were"} rolled back within seven days.`];
  }
  return [{ figure: formatPercent(row.value) }, ` of ${theirs} were rolled back within seven days.`];
}

function intervalSentence(row: MetricRow | undefined): string[] {
  if (row?.lo == null || row.hi === null || row.n === null || row.value === null) return [];
  if (row.flags.includes("few")) return ["Too few are old enough to give a rate."];
  const small = row.flags.includes("small_sample") ? ", a small sample" : "";
  return [
    `The 95 % interval is ${formatPercentInterval(row.lo, row.hi)}, from ${formatQuantity(row.n, "pull request")} old enough${small}.`,
  ];
}

/** How a rate compares with the period before, and whether by more than chance; silent where they do not compare. */
export function changeSentence(row: MetricRow | undefined, before: string | null): string[] {
  const change = row?.change;
  if (before === null || change === undefined || change.value === null || row?.flags.includes("few") === true)
    return [];
  if (withinChance(change)) {
    return [`The difference from ${before} (${formatPoints(change.value)}) is within chance.`];
  }
  return [
    `${change.value > 0 ? "More" : "Less"} than ${before} by ${formatPoints(Math.abs(change.value)).slice(1)}, beyond chance.`,
  ];
}

function youngSentence(row: MetricRow | undefined): string[] {
  if (row === undefined || row.immature === 0) return [];
  return [
    `${formatQuantity(row.immature, "pull request")} merged too recently to be judged ${row.immature === 1 ? "is" : "are"} left out.`,
  ];
}

/** Who a page is about under its filters. */
export function subjectOf(
  filters: Pick<MetricFilters, "agent" | "authorKind">,
  agentName: (agent: string) => string,
): HeadlineInput["subject"] {
  const [agent, ...otherAgents] = filters.agent ?? [];
  if (agent !== undefined && otherAgents.length === 0) return { name: agentName(agent), theirs: "its pull requests" };
  const kinds = filters.authorKind ?? [];
  if (kinds.length === 0 || kinds.every((kind) => kind === "agent" || kind === "assisted")) {
    return { name: "Agents", theirs: "theirs" };
  }
  if (kinds.every((kind) => kind === "human")) return { name: "People", theirs: "theirs" };
  if (kinds.every((kind) => kind === "automation")) return { name: "Automation", theirs: "its pull requests" };
  return { name: "The chosen authors", theirs: "theirs" };
}
