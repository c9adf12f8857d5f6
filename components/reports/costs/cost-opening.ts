import type { Opening } from "@/components/metrics/headline";
import { formatList, formatMoney, formatQuantity } from "@/lib/core/format";
import { toMajor } from "@/lib/core/money";
import type { CostReport, GroupModel } from "@/lib/metrics/money/types";
import type { MetricRow } from "@/lib/metrics/types";

/** What was paid, and what that is for one pull request. */
export function costOpening(
  { currencies }: CostReport,
  whole: GroupModel,
  perPullRequest: MetricRow | undefined,
): Opening {
  if (currencies.length === 0) {
    return {
      headline: ["No source tells of what agents cost in this period."],
      lede: [
        "Enter a bill below, or send what models, seats, checks, infrastructure and training were billed at as events.",
      ],
    };
  }
  const paid = currencies.map(({ currency, total }) => formatMoney(toMajor(total, currency).toNumber(), currency));
  const each =
    perPullRequest?.value == null
      ? []
      : [
          ", which with hours of people is ",
          {
            figure: `${perPullRequest.flags.includes("lower_bound") ? "at least " : ""}${formatMoney(perPullRequest.value, perPullRequest.currency ?? null)}`,
          },
          " for each pull request that they merged",
        ];
  const { spending } = whole;
  return {
    headline: [{ figure: formatList(paid) }, " was paid for agents in this period", ...each, "."],
    lede: [
      ...(spending === null ? [] : [`They merged ${formatQuantity(spending.merged, "pull request")}.`]),
      spending?.isPartial === true
        ? "Hours of people are missing from it, since nobody has entered what an hour costs: see ROI."
        : "Hours of review are estimated, and counted at the rates that somebody entered.",
    ],
  };
}
