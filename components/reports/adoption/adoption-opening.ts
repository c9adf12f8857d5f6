import type { Opening } from "@/components/metrics/headline";
import { formatCount, formatKOfN, formatList, formatPercent, formatQuantity } from "@/lib/core/format";
import type { Rollout } from "@/lib/metrics/rollout/types";
import type { MetricRow } from "@/lib/metrics/types";

/** Who works with agents, in one sentence, and where the rollout goes wrong, in the next. */
export function adoptionOpening(
  row: MetricRow | undefined,
  rollout: Rollout | undefined,
  nameOf: (team: string) => string,
): Opening {
  if (row === undefined || row.value === null) return unknownOpening(row);
  const share = row.flags.includes("few") ? formatKOfN(row.k ?? 0, row.n ?? 0) : formatPercent(row.value, 0);
  return {
    headline: ["At least ", { figure: share }, " of the people who merged something in 28 days did so with agents."],
    lede: [
      ...(row.flags.includes("few") ? [] : [`They are ${formatKOfN(row.k ?? 0, row.n ?? 0)} people.`]),
      ...signsSentence(rollout, nameOf),
      ...unnamedSentence(row),
    ],
  };
}

function unknownOpening(row: MetricRow | undefined): Opening {
  if ((row?.excluded.not_on_roster ?? 0) > 0) {
    return {
      headline: ["Who works with agents is not known: nobody is on the roster."],
      lede: ["Connect the GitHub account to read its teams, or enter who is in which team."],
    };
  }
  if ((row?.n ?? 0) > 0) {
    return {
      headline: ["Too few people merged something to say who works with agents."],
      lede: ["Figures of fewer than five people would be about persons. Widen the filters."],
    };
  }
  return { headline: ["Nothing was merged in the last 28 days of this period."], lede: ["Choose another period."] };
}

/** Teams that a sentence names before it counts the others. */
const NAMED = 3;

function signsSentence(rollout: Rollout | undefined, nameOf: (team: string) => string): string[] {
  const failing = rollout?.teams.filter(({ signs }) => signs.length > 0) ?? [];
  if (failing.length === 0) return [];
  const named = failing.slice(0, NAMED).map(({ team }) => nameOf(team));
  const more = failing.length - named.length;
  const teams = formatList(more > 0 ? [...named, `${formatCount(more)} more`] : named);
  return [`${teams} ${failing.length === 1 ? "shows" : "show"} signs of a rollout that fails.`];
}

function unnamedSentence({ excluded }: MetricRow): string[] {
  const unnamed = excluded.not_on_roster ?? 0;
  if (unnamed === 0) return [];
  return [
    `${formatQuantity(unnamed, "pull request")} of that time ${unnamed === 1 ? "names" : "name"} nobody on the roster.`,
  ];
}
