import { CopyJson, copyRows } from "@/lib/db/copy-rows";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { type DigestedRow, digestedRow } from "./digested-row";
import type { RepositoryRef } from "./projection-context";
import type { RollbackRow } from "./rollback-rows";

/**
 * Sets when pull requests that are there already were rolled back; writes no row that says so already.
 * @param secondsOf seconds from merge to the first full revert, by number; null: never
 * @returns the numbers of those that said something else before
 */
export async function markRollbacks(
  client: PoolClient,
  { orgId, repoId }: RepositoryRef,
  secondsOf: ReadonlyMap<number, number | null>,
): Promise<number[]> {
  if (secondsOf.size === 0) return [];
  const rows = await query<{ number: number }>(
    sql`update fact_pull_request f set rollback_seconds = r.seconds
      from unnest(${[...secondsOf.keys()]}::integer[], ${[...secondsOf.values()]}::bigint[]) as r (number, seconds)
      where f.org_id = ${orgId} and f.repo_id = ${repoId} and f.number = r.number
        and f.rollback_seconds is distinct from r.seconds
      returning f.number`,
    client,
  );
  return rows.map(({ number }) => number);
}

/** Brings rows that are there already up to date: whether they count, and what landed their target again. */
export async function updateRollbacks(
  client: PoolClient,
  { orgId, repoId }: RepositoryRef,
  rows: RollbackRow[],
): Promise<void> {
  for (const row of rows) {
    const { revertKey, targetKey, counts, reland } = row;
    await execute(
      sql`update fact_rollback set counts = ${counts}, relanded_by_number = ${reland?.number ?? null}::integer,
          relanded_by_sha = ${reland?.sha ?? null}::text, relanded_at = ${reland?.landedAt ?? null}::timestamptz,
          digest = ${digested(row).digest}::bigint
        where org_id = ${orgId} and repo_id = ${repoId} and revert_key = ${revertKey} and target_key = ${targetKey}`,
      client,
    );
  }
}

const COLUMNS = [
  "org_id",
  "repo_id",
  "revert_key",
  "target_key",
  "kind",
  "counts",
  "revert_number",
  "revert_sha",
  "revert_title",
  "reverted_at",
  "target_number",
  "target_sha",
  "target_title",
  "target_merged_at",
  "seconds",
  "confidence",
  "evidence",
  "relanded_by_number",
  "relanded_by_sha",
  "relanded_at",
  "resolver_version",
  "digest",
] as const;

/** As the database gives it back: the digest of a row that is read again is that of the row that was written. */
const inStoredOrder = ({ at, quote, rule, text }: RollbackRow["evidence"][number]) => ({
  ...(at !== undefined && { at }),
  rule,
  text,
  ...(quote !== undefined && { quote }),
});

const digested = (row: RollbackRow): DigestedRow =>
  digestedRow([
    row.revertKey,
    row.targetKey,
    row.kind,
    row.counts,
    row.revert.number,
    row.revert.sha,
    row.revert.title,
    row.revert.landedAt,
    row.target?.number ?? null,
    row.target?.sha ?? null,
    row.target?.title ?? null,
    row.target?.landedAt ?? null,
    row.seconds,
    row.confidence,
    new CopyJson(row.evidence.map(inStoredOrder)),
    row.reland?.number ?? null,
    row.reland?.sha ?? null,
    row.reland?.landedAt ?? null,
    row.resolverVersion,
  ]);

const write = async (client: PoolClient, { orgId, repoId }: RepositoryRef, rows: DigestedRow[]): Promise<void> => {
  if (rows.length === 0) return;
  await copyRows(
    client,
    "fact_rollback",
    COLUMNS,
    rows.map(({ values, digest }) => [orgId, repoId, ...values, digest]),
  );
};

/** Adds rows that are not there yet. */
export async function writeRollbacks(client: PoolClient, ref: RepositoryRef, rows: RollbackRow[]): Promise<void> {
  await write(client, ref, rows.map(digested));
}

/** Makes these all the rollbacks of a repository; writes nothing when they are there already. */
export async function replaceRollbacks(client: PoolClient, ref: RepositoryRef, rows: RollbackRow[]): Promise<void> {
  const { orgId, repoId } = ref;
  const stored = await query<{ digest: string | null }>(
    sql`select digest::text from fact_rollback where org_id = ${orgId} and repo_id = ${repoId}`,
    client,
  );
  const wanted = rows.map(digested);
  const left = new Set(stored.map(({ digest }) => digest));
  if (stored.length === wanted.length && wanted.every(({ digest }) => left.delete(digest.toString()))) return;
  if (stored.length > 0) {
    await execute(sql`delete from fact_rollback where org_id = ${orgId} and repo_id = ${repoId}`, client);
  }
  await write(client, ref, wanted);
}
