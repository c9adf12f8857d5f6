import { formatCount, formatDateTime, formatList, formatPercent, formatQuantity } from "@/lib/core/format";
import type { RepositoryHealth } from "@/lib/metrics/explorer/types";

const LAG_MS = 24 * 3_600_000;

/** The page in two sentences: up to when the data is complete, and how much of it tells who wrote it. */
export function healthOpening(
  repositories: readonly RepositoryHealth[],
  timeZone: string,
): { headline: string; lede: string } {
  const ends = repositories.map(({ completeTo }) => Date.parse(completeTo));
  const latest = Math.max(...ends);
  const behind = ends.filter((end) => latest - end > LAG_MS).length;
  const when = formatDateTime(new Date(latest), timeZone);
  const [only] = repositories;
  const headline =
    repositories.length === 1 && only !== undefined
      ? `${only.repo} is complete to ${when}.`
      : behind === 0
        ? `All ${formatCount(repositories.length)} repositories are complete to ${when}${Math.min(...ends) === latest ? "" : ", or within a day of it"}.`
        : `${formatCount(repositories.length - behind)} of ${formatQuantity(repositories.length, "repository", "repositories")} are complete to ${when}; ${formatCount(behind)} end${behind === 1 ? "s" : ""} more than a day earlier.`;
  return { headline, lede: coverageSentence(repositories) };
}

function coverageSentence(repositories: readonly RepositoryHealth[]): string {
  const total = (of: (repository: RepositoryHealth) => number) =>
    repositories.reduce((sum, repository) => sum + of(repository), 0);
  const merged = total((one) => one.merged);
  if (merged === 0) return "No merged pull request was found in them.";
  const marks = [
    { count: total((one) => one.strong), words: "carry a strong mark of an agent" },
    { count: total((one) => one.weak), words: "carry a weak one" },
    { count: total((one) => one.unmarked), words: "carry none" },
  ].flatMap(({ count, words }) => (count === 0 ? [] : `${formatPercent(count / merged)} ${words}`));
  return `Of ${formatQuantity(merged, "merged pull request")}, ${formatList(marks)}. An agent that leaves no mark cannot be seen, so every share of agents is a lower bound.`;
}
