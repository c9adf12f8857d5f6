import { kindsOfPath } from "@/lib/attribution/path-kinds";
import type { RuleSet } from "@/lib/attribution/rules/rule-set";
import type { CopyValue } from "@/lib/db/copy-rows";
import type { FleetEventOf } from "@/lib/events/schema";

export const CODE_CHURN_COLUMNS = ["org_id", "repo_id", "number", "lines", "gone_14d", "gone_21d"] as const;

/** What became of the effective lines of a pull request (metrics.md 2.0, G6) as a row of `fact_code_churn`. */
export function codeChurnRow(
  event: FleetEventOf<"code_churn.measured">,
  repoId: number,
  rules: RuleSet,
): readonly CopyValue[] {
  const { files, number } = event.payload;
  const written = files.filter(({ path }) => !kindsOfPath(path, rules).generated);
  const sum = (of: (file: (typeof files)[number]) => number) => written.reduce((total, file) => total + of(file), 0);
  return [
    event.orgId,
    repoId,
    number,
    sum(({ lines }) => lines),
    sum(({ gone14d }) => gone14d),
    sum(({ gone21d }) => gone21d),
  ];
}
