import { commitMarks } from "@/lib/attribution/commit-marks";
import type { RuleSet } from "@/lib/attribution/rules/rule-set";
import type { CopyValue } from "@/lib/db/copy-rows";
import type { FleetEventOf } from "@/lib/events/schema";
import { rowIdOf } from "./row-id";

export const COMMIT_COLUMNS = [
  "org_id",
  "repo_id",
  "number",
  "id",
  "authored_at",
  "committed_at",
  "lines",
  "by_agent",
  "is_merge",
] as const;

/** A commit of a pull request as a row of `fact_commit`; the same one is one row, whichever sources tell of it. */
export function commitRow(
  event: FleetEventOf<"pull_request.commit">,
  repoId: number,
  rules: RuleSet,
): readonly CopyValue[] {
  const { additions, author, committer, deletions, isMerge, number, sha } = event.payload;
  return [
    event.orgId,
    repoId,
    number,
    rowIdOf(`${number}:${sha}`),
    author.at,
    committer.at,
    additions === null || deletions === null ? null : additions + deletions,
    commitMarks(event.payload, rules).marks.length > 0,
    isMerge,
  ];
}
