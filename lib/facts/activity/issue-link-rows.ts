import { saysDefect, saysFeature } from "@/lib/core/issue-kind";
import type { CopyValue } from "@/lib/db/copy-rows";
import type { FleetEventOf } from "@/lib/events/schema";

export const ISSUE_LINK_COLUMNS = [
  "org_id",
  "repo_id",
  "number",
  "issue",
  "updated_at",
  "is_defect",
  "is_feature",
] as const;

/** An issue that a pull request closes as a row of `fact_issue_link`: what its labels say that it is. */
export function issueLinkRow(
  { orgId, payload }: FleetEventOf<"pull_request.issue_linked">,
  repoId: number,
): readonly CopyValue[] {
  const { issue, labelled, number, updatedAt } = payload;
  const labels = labelled.map(({ label }) => label);
  return [orgId, repoId, number, issue, updatedAt, saysDefect(labels), saysFeature(labels)];
}
