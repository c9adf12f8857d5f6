import { CATEGORY_SEVERITY, DAY_SECONDS, SETTLE_SECONDS, sizeBucketOf } from "@/lib/core/dimensions";
import type { PullRequestListQuery, RollbackListQuery } from "@/lib/metrics/list-schema";
import type { FactInput } from "@/tests/factories/facts";
import type { VerdictInput } from "@/tests/factories/rollbacks";

/** The lists as one would write them down: look at everything, keep what passes, sort it. */

export const LISTED_AGENTS = [
  { code: 0, key: "claude_code" },
  { code: 40, key: "cursor" },
];

/** Up to when every repository is complete, in milliseconds. */
export const LISTED_TO = Date.parse("2026-03-21T00:00:00Z");

export interface ListedRepo {
  org: string;
  orgId: number;
  id: number;
  value: string;
}

/** A pull request as the tests know it; `team` is a slug. */
export interface ListedPull extends Required<Omit<FactInput, "closed" | "confidence" | "course" | "personId">> {
  repo: ListedRepo;
  title: string;
  team: string;
}

export interface ListedVerdict extends VerdictInput {
  repo: ListedRepo;
}

export type ListFilters = Partial<
  Record<"org" | "repo" | "team" | "agent" | "authorKind" | "category" | "severity" | "sizeBucket", readonly string[]> &
    Record<"from" | "to", string>
>;

function agentsOf({ agentMask, kind }: ListedPull): string[] {
  if (agentMask === 0n) return kind === "agent" || kind === "assisted" ? ["unknown"] : [];
  return LISTED_AGENTS.flatMap(({ code, key }) => (((agentMask >> BigInt(code)) & 1n) === 1n ? [key] : []));
}

const among = (asked: readonly string[] | undefined, ...values: string[]) =>
  asked === undefined || values.some((value) => asked.includes(value));

function inPlace({ org, repo: asked }: ListFilters, repo: ListedRepo): boolean {
  return among(org, repo.org) && among(asked, repo.value, repo.value.split("/")[1] ?? "");
}

function inPeriod({ from, to }: ListFilters, at: number): boolean {
  return (from === undefined || at >= Date.parse(from)) && (to === undefined || at < Date.parse(to));
}

function isAbout(filters: ListFilters, pull: ListedPull): boolean {
  return (
    among(filters.team, pull.team) &&
    among(filters.agent, ...agentsOf(pull)) &&
    among(filters.authorKind, pull.kind) &&
    among(filters.category, pull.category) &&
    among(filters.severity, CATEGORY_SEVERITY[pull.category]) &&
    among(filters.sizeBucket, sizeBucketOf(pull.effectiveLines))
  );
}

interface Keyed {
  value: number | null;
  ties: (number | string)[];
  id: string;
}

/** Sorts as the lists promise: missing values last in both directions, ties in the direction of the sort. */
function sorted(items: Keyed[], sort: string): string[] {
  const way = sort.startsWith("-") ? -1 : 1;
  return items
    .sort((a, b) => {
      if (a.value !== b.value) return a.value === null ? 1 : b.value === null ? -1 : way * (a.value - b.value);
      for (const [index, tie] of a.ties.entries()) {
        const other = b.ties[index] ?? tie;
        if (tie !== other) return tie < other ? -way : way;
      }
      return 0;
    })
    .map(({ id }) => id);
}

/** Of the signs that something came back these pull requests know reverts alone. */
function showsRevert({ rollbackSeconds }: ListedPull, { sign, within }: PullRequestListQuery): boolean {
  if (sign === undefined && within === undefined) return true;
  if (sign !== undefined && sign !== "revert") return false;
  return rollbackSeconds !== null && (within === undefined || rollbackSeconds <= within * 3600);
}

/** The ids of every pull request of a list, in order. */
export function expectedPulls(pulls: ListedPull[], filters: ListFilters, query: PullRequestListQuery): string[] {
  const seconds = query.window === undefined ? null : query.window === "24h" ? DAY_SECONDS : 7 * DAY_SECONDS;
  const passing = pulls.filter((pull) => {
    const at = Date.parse(pull.mergedAt);
    if (!inPlace(filters, pull.repo) || !inPeriod(filters, at) || !isAbout(filters, pull)) return false;
    if (seconds !== null && at > LISTED_TO - (seconds + SETTLE_SECONDS) * 1000) return false;
    const back = pull.rollbackSeconds !== null && (seconds === null || pull.rollbackSeconds <= seconds);
    if (query.rolledBack !== undefined && back !== query.rolledBack) return false;
    if (!showsRevert(pull, query)) return false;
    if (query.counted !== undefined && (pull.exclusion === "none") !== query.counted) return false;
    const { q } = query;
    return (
      q === undefined ||
      pull.title.toLowerCase().includes(q.toLowerCase()) ||
      q.replace("#", "") === String(pull.number)
    );
  });
  const values = {
    mergedAt: ({ mergedAt }: ListedPull) => Date.parse(mergedAt),
    hoursToRollback: ({ rollbackSeconds }: ListedPull) => rollbackSeconds,
    effectiveLines: ({ effectiveLines }: ListedPull) => effectiveLines,
  };
  const value = values[query.sort.replace("-", "") as keyof typeof values];
  return sorted(
    passing.map((pull) => ({
      value: value(pull),
      ties: [pull.repo.id, pull.number],
      id: `${pull.repo.id}-${pull.number}`,
    })),
    query.sort,
  );
}

/** The ids of every verdict of a list, in order. */
export function expectedVerdicts(
  verdicts: ListedVerdict[],
  pulls: ListedPull[],
  filters: ListFilters,
  query: RollbackListQuery,
): string[] {
  const { from, org, repo: repoFilter, to, ...aboutPulls } = filters;
  const passing = verdicts.filter(({ kind, repo, revertedAt, target }) => {
    const at = query.by === "revert" ? Date.parse(revertedAt) : target && Date.parse(target.mergedAt);
    const pull = pulls.find((each) => each.repo === repo && each.number === target?.number);
    return (
      query.kind.includes(kind) &&
      inPlace(filters, repo) &&
      ((from === undefined && to === undefined) || (at !== null && inPeriod(filters, at))) &&
      (Object.keys(aboutPulls).length === 0 || (pull !== undefined && isAbout(filters, pull)))
    );
  });
  const seconds = ({ revertedAt, target }: ListedVerdict) =>
    target && (Date.parse(revertedAt) - Date.parse(target.mergedAt)) / 1000;
  return sorted(
    passing.map((verdict) => {
      const ties = [verdict.repo.id, verdict.revertKey, verdict.target === null ? "" : `pr:${verdict.target.number}`];
      const value = query.sort.includes("revertedAt") ? Date.parse(verdict.revertedAt) : seconds(verdict);
      return { value, ties, id: ties.join(":") };
    }),
    query.sort,
  );
}
