import type { CopyValue } from "@/lib/db/copy-rows";
import type { FleetEventOf } from "@/lib/events/schema";

export const COVERAGE_COLUMNS = [
  "org_id",
  "repo_id",
  "number",
  "reported_at",
  "head_covered",
  "head_total",
  "base_covered",
  "base_total",
  "patch_covered",
  "patch_total",
] as const;

/** What CI measured of a pull request as a row of `fact_coverage`. */
export function coverageRow(
  { occurredAt, orgId, payload }: FleetEventOf<"coverage.reported">,
  repoId: number,
): readonly CopyValue[] {
  const { base, head, number, patch } = payload;
  return [
    orgId,
    repoId,
    number,
    occurredAt,
    head.covered,
    head.total,
    base?.covered ?? null,
    base?.total ?? null,
    patch?.covered ?? null,
    patch?.total ?? null,
  ];
}
