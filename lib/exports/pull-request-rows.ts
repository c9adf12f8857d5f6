import type { PullRequestItem } from "@/lib/metrics/explorer/types";
import type { CsvColumn } from "./csv";

/** The columns of the pull request file. */
export const PULL_REQUEST_COLUMNS: readonly CsvColumn<PullRequestItem>[] = [
  { head: "org", value: ({ org }) => org },
  { head: "repo", value: ({ repo }) => repo },
  { head: "number", value: ({ number }) => number },
  { head: "title", value: ({ title }) => title },
  { head: "url", value: ({ url }) => url },
  { head: "merged_at", value: ({ mergedAt, outcome }) => (outcome === "merged" ? mergedAt : null) },
  { head: "closed_at", value: ({ mergedAt, outcome }) => (outcome === "closed" ? mergedAt : null) },
  { head: "author_kind", value: ({ authorKind }) => authorKind },
  { head: "agents", value: ({ agents }) => agents.map(({ agent }) => agent).join(" ") },
  { head: "category", value: ({ category }) => category },
  { head: "team", value: ({ team }) => team },
  { head: "excluded", value: ({ exclusion }) => (exclusion === "none" ? null : exclusion) },
  { head: "effective_lines", value: ({ effectiveLines }) => effectiveLines },
  { head: "rolled_back_at", value: ({ rolledBackAt }) => rolledBackAt },
  { head: "hours_to_rollback", value: ({ hoursToRollback }) => hoursToRollback },
  { head: "sample", value: ({ isSample }) => isSample },
];
