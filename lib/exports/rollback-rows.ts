import type { RollbackItem } from "@/lib/metrics/explorer/types";
import type { CsvColumn } from "./csv";

/** The columns of the rollback file. */
export const ROLLBACK_COLUMNS: readonly CsvColumn<RollbackItem>[] = [
  { head: "org", value: ({ org }) => org },
  { head: "repo", value: ({ repo }) => repo },
  { head: "pull_request", value: ({ pullRequest }) => pullRequest?.number ?? null },
  { head: "title", value: ({ pullRequest }) => pullRequest?.title ?? null },
  { head: "merged_at", value: ({ pullRequest }) => pullRequest?.mergedAt ?? null },
  { head: "kind", value: ({ kind }) => kind },
  { head: "counts", value: ({ counts }) => counts },
  { head: "hours", value: ({ hours }) => hours },
  { head: "revert_pull_request", value: ({ revert }) => revert.number },
  { head: "revert_sha", value: ({ revert }) => revert.sha },
  { head: "revert_title", value: ({ revert }) => revert.title },
  { head: "reverted_at", value: ({ revert }) => revert.at },
  { head: "confidence", value: ({ confidence }) => confidence },
  { head: "evidence", value: ({ evidence }) => evidence.map(({ text }) => text).join(" ") },
  { head: "relanded_by_sha", value: ({ relandedBy }) => relandedBy?.sha ?? null },
  { head: "relanded_at", value: ({ relandedBy }) => relandedBy?.at ?? null },
  { head: "author_kind", value: ({ authorKind }) => authorKind },
  { head: "agents", value: ({ agents }) => agents.map(({ agent }) => agent).join(" ") },
  { head: "category", value: ({ category }) => category },
  { head: "team", value: ({ team }) => team },
  { head: "sample", value: ({ isSample }) => isSample },
];
