import { formatCount, formatList, formatQuantity } from "@/lib/core/format";
import type { RepositoryHealth } from "@/lib/metrics/explorer/types";

/** One step of the way of a pull request, and of how many it is known. */
export interface StepCoverage {
  id: "opened" | "reviewed" | "approved" | "checked" | "deployed";
  label: string;
  /** 0 to 1; null where there is nothing to count. */
  share: number | null;
  text: string;
}

const sum = (repositories: readonly RepositoryHealth[], of: (repository: RepositoryHealth) => number): number =>
  repositories.reduce((total, repository) => total + of(repository), 0);

const STEPS = [
  { id: "opened", label: "Opened and ready for review" },
  { id: "reviewed", label: "Reviewed by a person" },
  { id: "approved", label: "Approved by a person" },
] as const;

/** How much is known of the way to the merge and after it, over the latest pull requests of each repository. */
export function prepareStepCoverage(repositories: readonly RepositoryHealth[]): StepCoverage[] {
  const pullRequests = sum(repositories, ({ way }) => way.pullRequests);
  const ofPullRequests = (count: number) => ({
    share: pullRequests === 0 ? null : count / pullRequests,
    text: `${formatCount(count)} of ${formatQuantity(pullRequests, "pull request")}`,
  });
  const runs = repositories.filter(({ lastRun }) => lastRun !== null).length;
  return [
    ...STEPS.map((step) => ({ ...step, ...ofPullRequests(sum(repositories, ({ way }) => way[step.id])) })),
    {
      id: "checked",
      label: "CI runs",
      share: repositories.length === 0 ? null : runs / repositories.length,
      text: `in ${formatCount(runs)} of ${formatQuantity(repositories.length, "repository", "repositories")}`,
    },
    {
      id: "deployed",
      label: "First production deployment",
      ...ofPullRequests(sum(repositories, ({ way }) => way.deployed)),
    },
  ];
}

/** Where all of this comes from, and what would give more of it. */
export function sourceSentence(repositories: readonly RepositoryHealth[]): string {
  const of = (state: NonNullable<RepositoryHealth["github"]>["state"]) =>
    repositories.filter(({ github }) => github?.state === state).length;
  const words = [
    { count: of("followed"), text: "followed at GitHub" },
    { count: of("reading"), text: "being read for the first time" },
    { count: of("paused"), text: "paused" },
    { count: of("broken"), text: "no longer let in" },
    { count: of("gone"), text: "gone from GitHub" },
  ].flatMap(({ count, text }) => (count === 0 ? [] : `${formatCount(count)} ${text}`));
  const own = repositories.filter(({ github, isSample }) => github === null && !isSample);
  const told = own.filter(({ history }) => history === "told").length;
  const clones = own.length - told;
  const sample = repositories.every(({ isSample }) => isSample);
  if (sample) return "All of it is made up, as the sample fleet is.";
  if (told > 0) words.push(`${formatCount(told)} told by programs`);
  if (clones > 0) words.push(`${formatCount(clones)} known from a clone, which holds none of this`);
  return `Of ${formatQuantity(repositories.length, "repository", "repositories")}, ${formatList(words)}.`;
}
