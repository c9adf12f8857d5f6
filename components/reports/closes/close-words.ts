import type { Opening } from "@/components/metrics/headline";
import { formatDate, formatMonth, formatQuantity } from "@/lib/core/format";
import { toMajor } from "@/lib/core/money";
import type { AdjustmentCause, CloseItem, MonthCloses } from "@/lib/metrics/closes/types";

/** `Mar 2026`. */
export const monthName = (month: string): string => formatMonth(`${month}-15T12:00:00Z`, "UTC");

/** An amount of minor units, to the cent. */
export function amountOf(minor: string, currency: string): string {
  const amount = toMajor(minor, currency);
  const text = new Intl.NumberFormat("en-US", { style: "currency", currency }).format(amount.abs().toNumber());
  return amount.isNegative() && !amount.isZero() ? `\u2212${text}` : text;
}

export const CAUSE_WORDS: Readonly<Record<AdjustmentCause, string>> = {
  costs: "costs that were told of later",
  pull_requests: "pull requests that were told of, or are counted, otherwise",
  measured: "rollbacks, rework or reviews that became known later",
  assumptions: "assumptions that were changed",
  allocation: "costs that are shared out otherwise",
  rates: "exchange rates that were entered or changed",
};

export const STATE_WORDS: Readonly<Record<CloseItem["state"], string>> = {
  closed: "Closed",
  restated: "Restated",
  reopened: "Open again",
};

/** How a part of a month is called. */
export function partName(part: string, nameOfTeam: (slug: string) => string): string {
  if (part === "total") return "Total";
  if (part === "no-team/") return "In no team";
  return part === "unallocated/" ? "Unallocated" : nameOfTeam(part);
}

/** Which month is open, and what stands in its way, in a sentence. */
export function closesOpening({ first, items, open }: MonthCloses, timeZone: string): Opening {
  if (open === null) {
    const [latest] = first;
    if (latest === undefined) {
      return {
        headline: ["No month can be closed yet."],
        lede: [
          "A month is closed eight days after its end, when data reach so far: then its 7-day rates stay as they are.",
        ],
      };
    }
    return {
      headline: ["No month is closed yet."],
      lede: [
        `Choose the one to begin with; ${monthName(latest)} is the latest that can be. Those before it stay as they are.`,
      ],
    };
  }
  const { adjustments, currency, month, reason, values } = open;
  const posted =
    adjustments.length === 0
      ? "Nothing of the months before is posted in it."
      : `${formatQuantity(adjustments.length, "adjustment")} of closed months ${adjustments.length === 1 ? "is" : "are"} posted in it.`;
  const lede = [posted, ...(reason === null ? [] : [`It cannot be closed now: ${reason}.`])];
  if (values === null || currency === null) return { headline: [`${monthName(month)} is open.`], lede };
  const count = items.filter(({ state }) => state !== "reopened").length;
  return {
    headline: [
      `${monthName(month)} is open and comes to `,
      { figure: amountOf(values.net, currency) },
      reason === null ? ": it can be closed." : " so far.",
    ],
    lede: [
      ...lede,
      `${formatQuantity(count, "month")} ${count === 1 ? "is" : "are"} closed, the last on ${formatDate(items[0]?.at ?? "", timeZone)}.`,
    ],
  };
}
