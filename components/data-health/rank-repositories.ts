import { formatHours } from "@/lib/core/format";
import type { RepositoryHealth } from "@/lib/metrics/explorer/types";

export interface RankedRepository extends RepositoryHealth {
  /** Somebody should look: it is unfinished, behind the others or has gaps. */
  needsAttention: boolean;
  /** What is so right now, in words; gaps of the source stand in `missing`. */
  state: string[];
}

export interface RankedRepositories {
  /** What needs attention first, the gravest on top, then the others by name. `missing` is what others do not miss. */
  rows: RankedRepository[];
  /** What all of them miss, where there are several. */
  missingInAll: string[];
}

const HOUR_MS = 3_600_000;
/** As long before the others as counts as behind them. */
const STALE_HOURS = 24;

const isReading = ({ github }: RepositoryHealth): boolean => github?.state === "reading";

function isUnfinished(repository: RepositoryHealth): boolean {
  return repository.pending || isReading(repository);
}

/** In the order of what they cost the reader. */
const REASONS: readonly ((repository: RepositoryHealth, hoursBehind: number) => boolean)[] = [
  isUnfinished,
  ({ missingCommits }) => missingCommits > 0,
  (_, hoursBehind) => hoursBehind > STALE_HOURS,
  ({ history }) => history === "shallow",
  ({ lineCounts, unknownLines }) => lineCounts === "unknown" && unknownLines > 0,
  ({ isSample, pullRequestRefs }) => !pullRequestRefs && !isSample,
  ({ history }) => history === "since",
];

/** Orders repositories by what needs attention, and says once what all of them miss. */
export function rankRepositories(repositories: readonly RepositoryHealth[]): RankedRepositories {
  const latest = Math.max(...repositories.map(({ completeTo }) => Date.parse(completeTo)));
  const [first, ...others] = repositories;
  const missingInAll =
    first === undefined || others.length === 0
      ? []
      : first.missing.filter((words) => others.every(({ missing }) => missing.includes(words)));
  const ranked = repositories.map((repository) => {
    const hoursBehind = (latest - Date.parse(repository.completeTo)) / HOUR_MS;
    const reason = REASONS.findIndex((applies) => applies(repository, hoursBehind));
    const row: RankedRepository = {
      ...repository,
      missing: repository.missing.filter((words) => !missingInAll.includes(words)),
      needsAttention: reason >= 0,
      state: [
        ...(isReading(repository) ? ["Being read"] : repository.pending ? ["Being worked out"] : []),
        ...(hoursBehind > STALE_HOURS ? [`Ends ${formatHours(hoursBehind)} before the latest`] : []),
      ],
    };
    return { rank: reason < 0 ? REASONS.length : reason, row };
  });
  const rows = ranked.toSorted((a, b) => a.rank - b.rank || a.row.repo.localeCompare(b.row.repo)).map(({ row }) => row);
  return { rows, missingInAll };
}
