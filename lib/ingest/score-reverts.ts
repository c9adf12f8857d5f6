import { type RevertReference, type RevertScore, scoreReverts } from "@/lib/attribution/reverts/score";
import type { RevertVerdict } from "@/lib/attribution/types";
import type { Confidence, RevertKind } from "@/lib/core/dimensions";
import { AppError } from "@/lib/core/errors";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

interface RollbackRow {
  revert_key: string;
  revert_title: string;
  kind: RevertKind;
  target_key: string;
  target_number: number | null;
  target_sha: string | null;
  target_title: string | null;
  seconds: number | null;
  confidence: Confidence;
  resolver_version: string;
}

/**
 * Scores the stored verdicts of an imported repository (`org/name`) against a hand-read reference.
 * @throws {AppError} `not_found` when the repository was never imported
 */
export async function scoreRepository(repository: string, reference: RevertReference): Promise<RevertScore> {
  const [found] = await query<{ org_id: number; repo_id: number }>(
    sql`select f.org_id, f.repo_id from fact_repository f
      join repository r on r.id = f.repo_id join organization o on o.id = f.org_id
      where o.slug || '/' || r.name = ${repository}`,
  );
  if (found === undefined) {
    throw new AppError({ code: "not_found", message: `${repository} is not imported.`, pointer: "/repo" });
  }
  const rows = await query<RollbackRow>(
    sql`select revert_key, revert_title, kind, target_key, target_number, target_sha, target_title, seconds, confidence,
        resolver_version
      from fact_rollback where org_id = ${found.org_id} and repo_id = ${found.repo_id}
      order by reverted_at, revert_key, target_key`,
  );
  const verdicts = new Map<string, RevertVerdict>();
  const titles = new Map<string, string>();
  for (const row of rows) {
    titles.set(row.revert_key, row.revert_title);
    const key = `${row.revert_key} ${row.kind}`;
    const verdict = verdicts.get(key) ?? {
      key: row.revert_key,
      kind: row.kind,
      targets: [],
      evidence: [],
      resolverVersion: row.resolver_version,
    };
    verdicts.set(key, verdict);
    if (row.target_key === "" || row.seconds === null) continue;
    verdict.targets.push({
      key: row.target_key,
      number: row.target_number,
      sha: row.target_sha ?? "",
      title: row.target_title ?? "",
      seconds: row.seconds,
      confidence: row.confidence,
      evidence: [],
    });
  }
  return scoreReverts([...verdicts.values()], reference, titles);
}
