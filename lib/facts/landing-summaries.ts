import type { RevertVerdict } from "@/lib/attribution/types";
import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { RepositoryRef } from "./projection-context";
import type { LandingSummary } from "./rollback-rows";

interface SummaryRow {
  number: number | null;
  sha: string;
  title: string;
  landed_at: Date;
}

/**
 * Reads back what verdicts, and declared rollbacks, are about, by the resolver's keys. A few hundred landings of a long history are concerned,
 * so they are read when the pass is over instead of being held for all of it.
 */
export async function loadLandingSummaries(
  client: PoolClient,
  { orgId, repoId }: RepositoryRef,
  verdicts: RevertVerdict[],
  declared: readonly number[] = [],
): Promise<Map<string, LandingSummary>> {
  if (verdicts.length === 0 && declared.length === 0) return new Map();
  const keys = [...new Set(verdicts.flatMap((verdict) => [verdict.key, ...verdict.targets.map(({ key }) => key)]))];
  const named = keys.flatMap((key) => (key.startsWith("pr:") ? Number(key.slice("pr:".length)) : []));
  const numbers = [...new Set([...named, ...declared])];
  const shas = keys.flatMap((key) => (key.startsWith("sha:") ? key.slice("sha:".length) : []));
  const rows = await query<SummaryRow>(
    sql`select number, merge_sha as sha, title, merged_at as landed_at from fact_pull_request_detail
        where org_id = ${orgId} and repo_id = ${repoId} and number = any(${numbers}::integer[])
      union all
      select null, sha, title, pushed_at from fact_direct_push
        where org_id = ${orgId} and repo_id = ${repoId} and sha = any(${shas}::text[])`,
    client,
  );
  return new Map(
    rows.map(({ number, sha, title, landed_at }) => [
      number === null ? `sha:${sha}` : `pr:${number}`,
      { number, sha, title, landedAt: landed_at },
    ]),
  );
}
