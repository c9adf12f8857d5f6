import type { Opening } from "@/components/metrics/headline";
import { formatCount, formatKOfN, formatList, formatPercent, formatQuantity } from "@/lib/core/format";
import type { Ranking } from "@/lib/metrics/people/types";

const ORDER = "Teams stand in alphabetical order: they differ in what they work on.";

/** Fewer are said as k of n. */
const FEW = 10;
/** Teams that a sentence names before it counts the others. */
const NAMED = 3;

/** Which teams stand out in what was rolled back, by more than chance and with small teams pulled to the middle. */
export function teamOpening(ranking: Ranking, nameOf: (team: string) => string, ofAgents: boolean): Opening {
  const { differ, pooled, teams } = ranking;
  if (teams.length === 0) {
    return {
      headline: ["No team has merged enough for long enough to be rated."],
      lede: ["Choose a longer period or clear a filter; the figures below say what is there."],
    };
  }
  const [first, ...others] = teams;
  if (first !== undefined && others.length === 0) {
    return {
      headline: [
        { figure: first.n < FEW ? formatKOfN(first.k, first.n) : formatPercent(first.crude) },
        ` of what ${ofAgents ? "agents merged" : "was merged"} in ${nameOf(first.team)} was rolled back within seven days.`,
      ],
      lede: ["There is no other team in view to hold it against."],
    };
  }
  if (pooled === null || !differ) {
    return {
      headline: [
        `${formatQuantity(teams.length, "team")}: what is rolled back${ofAgents ? " of agents’ work" : ""} differs no more than chance would have it.`,
      ],
      lede: [ORDER],
    };
  }
  const named = (some: typeof teams) => {
    const sorted = some.toSorted((a, b) => Math.abs((b.estimate ?? 0) - pooled) - Math.abs((a.estimate ?? 0) - pooled));
    const names = sorted.slice(0, NAMED).map(({ team }) => nameOf(team));
    return formatList(sorted.length > NAMED ? [...names, `${formatCount(sorted.length - NAMED)} more`] : names);
  };
  const above = teams.filter(({ lo }) => lo !== null && lo > pooled);
  const below = teams.filter(({ hi }) => hi !== null && hi < pooled);
  const [worst] = above.toSorted((a, b) => (b.estimate ?? 0) - (a.estimate ?? 0));
  if (worst === undefined) {
    return {
      headline: [
        `${formatQuantity(teams.length, "team")}, none of which has more${ofAgents ? " of agents’ work" : ""} rolled back than the others beyond chance.`,
      ],
      lede: below.length === 0 ? [ORDER] : [`${named(below)} ${below.length === 1 ? "has" : "have"} less rolled back.`],
    };
  }
  return {
    headline: [
      `More ${ofAgents ? "of agents’ work " : ""}is rolled back in ${nameOf(worst.team)} than elsewhere: `,
      { figure: formatPercent(worst.crude) },
      ` against ${formatPercent(pooled)}.`,
    ],
    lede: [
      ...(above.length > 1 ? [`Above the others beyond chance: ${named(above)}.`] : []),
      ...(below.length > 0 ? [`Below: ${named(below)}.`] : []),
      "Teams differ in what they work on: look at the tasks before the people.",
    ],
  };
}
