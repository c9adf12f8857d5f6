import { kindsOfPath } from "@/lib/attribution/path-kinds";
import type { RuleSet } from "@/lib/attribution/rules/rule-set";
import type { CopyValue } from "@/lib/db/copy-rows";
import type { FleetEventOf } from "@/lib/events/schema";

export const FIX_OWNER_COLUMNS = ["org_id", "repo_id", "number", "owner", "owner_merged_at", "lines", "total"] as const;

/** Who brought the production lines that a fix takes out or changes (metrics.md 2.7, L4) as rows of `fact_fix_owner`. */
export function fixOwnerRows(
  { orgId, payload }: FleetEventOf<"fix.traced">,
  repoId: number,
  rules: RuleSet,
): (readonly CopyValue[])[] {
  const files = payload.files.filter(({ path }) => {
    const { documentation, generated, test } = kindsOfPath(path, rules);
    return !documentation && !generated && !test;
  });
  const total = files.reduce((sum, { lines }) => sum + lines, 0);
  const found = new Map<number, { lines: number; mergedAt: string }>();
  for (const { lines, mergedAt, number } of files.flatMap(({ owners }) => owners)) {
    found.set(number, { mergedAt, lines: (found.get(number)?.lines ?? 0) + lines });
  }
  return [...found].map(([owner, { lines, mergedAt }]) => [
    orgId,
    repoId,
    payload.number,
    owner,
    mergedAt,
    lines,
    total,
  ]);
}
