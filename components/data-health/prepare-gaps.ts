import { formatQuantity } from "@/lib/core/format";
import type { RepositoryHealth } from "@/lib/metrics/explorer/types";

export interface Gap {
  id:
    | "reading"
    | "pending"
    | "unplaced"
    | "missing"
    | "shallow"
    | "contents"
    | "refs"
    | "since"
    | "told"
    | "depth"
    | "future";
  /** What is so, in words, without the repositories. */
  title: string;
  /** What it does to the numbers, and what to do. */
  advice: string;
  /** Whether importing again from a mirror closes it. */
  mirror: boolean;
  repositories: RepositoryHealth[];
}

interface GapRule extends Omit<Gap, "title" | "repositories"> {
  title: (repositories: readonly RepositoryHealth[]) => string;
  applies: (repository: RepositoryHealth) => boolean;
}

const sum = (repositories: readonly RepositoryHealth[], of: (repository: RepositoryHealth) => number): number =>
  repositories.reduce((total, repository) => total + of(repository), 0);

const isReading = ({ github }: RepositoryHealth): boolean => github?.state === "reading";

/** In the order of what they cost the reader. */
const RULES: readonly GapRule[] = [
  {
    id: "reading",
    title: () => "GitHub is still being read",
    advice:
      "The recent past comes first, then the older years, and the numbers grow until all of it is there. Connections says how far it is.",
    mirror: false,
    applies: isReading,
  },
  {
    id: "pending",
    title: () => "Events are waiting to be worked out",
    advice: "The numbers still leave them out. The worker gets to them by itself; if this stays, see whether it runs.",
    mirror: false,
    applies: (repository) => repository.pending && !isReading(repository),
  },
  {
    id: "unplaced",
    title: (repositories) =>
      `The branch does not hold what ${formatQuantity(
        sum(repositories, (one) => one.missingCommits),
        "merged pull request",
      )} left on it`,
    advice: "It was rewritten since, or they were merged before what is read of it. They are in no figure.",
    mirror: false,
    applies: (repository) => repository.missingCommits > 0 && repository.github !== null && !isReading(repository),
  },
  {
    id: "missing",
    title: (repositories) =>
      `${formatQuantity(
        sum(repositories, (one) => one.missingCommits),
        "commit",
      )} could not be read`,
    advice: "The clone is damaged or incomplete. What those commits landed or took back is not known.",
    mirror: true,
    applies: ({ github, missingCommits }) => missingCommits > 0 && github === null,
  },
  {
    id: "shallow",
    title: () => "The history is cut off",
    advice: "The clone is shallow: nothing from before its cut is known, so reverts of older work stay unresolved.",
    mirror: true,
    applies: ({ history }) => history === "shallow",
  },
  {
    id: "contents",
    title: (repositories) =>
      `Lines are unknown for ${formatQuantity(
        sum(repositories, (one) => one.unknownLines),
        "pull request",
      )}`,
    advice: "The clone holds no file contents. Shares of lines leave these out, and exact inverses cannot be seen.",
    mirror: true,
    applies: ({ history, lineCounts, unknownLines }) =>
      lineCounts === "unknown" && unknownLines > 0 && history !== "told",
  },
  {
    id: "told",
    title: () => "Only what programs tell is known",
    advice:
      "Nothing reads these repositories: their pull requests are those that were sent as events, with lines where their files were sent along. Import the clone, or connect GitHub, for all of it.",
    mirror: false,
    applies: ({ history }) => history === "told",
  },
  {
    id: "refs",
    title: () => "The pull requests' own commits are not there",
    advice:
      "A plain clone has no refs/pull. Squashed pull requests then show only the marks that their merge commit kept, and the share of agents is more of a lower bound.",
    mirror: true,
    applies: ({ isSample, pullRequestRefs }) => !pullRequestRefs && !isSample,
  },
  {
    id: "since",
    title: () => "Only a part was imported",
    advice: "The import was limited to a date. Import again without --since for everything before it.",
    mirror: true,
    applies: ({ github, history }) => history === "since" && github === null,
  },
  {
    id: "depth",
    title: () => "Only a part of the history is read",
    advice:
      "The connection is limited to some days. Choose more under What is read on Connections for everything before them.",
    mirror: false,
    applies: (repository) => repository.history === "since" && repository.github !== null && !isReading(repository),
  },
  {
    id: "future",
    title: (repositories) =>
      `${formatQuantity(
        sum(repositories, (one) => one.futureDated),
        "commit",
      )} carry a date in the future`,
    advice: "Somebody's clock was wrong. They count, but they do not move the end of the data.",
    mirror: false,
    applies: ({ futureDated }) => futureDated > 0,
  },
];

/** What is missing, by kind, with the repositories it concerns; only what applies somewhere. */
export function prepareGaps(repositories: readonly RepositoryHealth[]): Gap[] {
  return RULES.flatMap(({ applies, title, ...rule }) => {
    const concerned = repositories.filter(applies);
    return concerned.length === 0 ? [] : { ...rule, title: title(concerned), repositories: concerned };
  });
}
