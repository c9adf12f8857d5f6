import type { Evidence } from "@/lib/attribution/types";
import type { RevertKind } from "@/lib/core/dimensions";
import { CopyJson, copyRows } from "@/lib/db/copy-rows";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { loadCorrections } from "@/lib/facts/corrections";
import { loadLandingSummaries } from "@/lib/facts/landing-summaries";
import { type LandingSummary, markFirst, type RollbackRow, takenBackRows } from "@/lib/facts/rollback-rows";
import { updateDayRollup } from "@/lib/facts/write-days";
import { markRollbacks, updateRollbacks, writeRollbacks } from "@/lib/facts/write-rollbacks";
import { loadTakenBack } from "./load-taken-back";
import { byPullRequest, type TakenBack } from "./take-back";

interface Place {
  orgId: number;
  repoId: number;
}

const COLUMNS = ["org_id", "repo_id", "number", "id", "taken_back_at", "kind", "sha", "title", "evidence"] as const;

/** One that says the same has the same text. */
export const textOf = ({ at, evidence, id, kind, number, sha, title }: TakenBack): string =>
  JSON.stringify([number, id, at, kind, sha, title, evidence.map(({ rule, text }) => [rule, text])]);

/**
 * Makes these all that rollbacks took back in a repository besides reverts.
 * @returns the numbers of pull requests of which something else was known
 */
export async function writeTakenBack(
  client: PoolClient,
  { orgId, repoId }: Place,
  takenBack: readonly TakenBack[],
): Promise<number[]> {
  const stored = new Map((await loadTakenBack(client, { orgId, repoId })).map((one) => [textOf(one), one]));
  const wanted = new Map(takenBack.map((one) => [textOf(one), one]));
  const gone = [...stored].flatMap(([text, one]) => (wanted.has(text) ? [] : one));
  const added = [...wanted].flatMap(([text, one]) => (stored.has(text) ? [] : one));
  if (gone.length > 0) {
    await execute(
      sql`delete from fact_taken_back t
        using unnest(${gone.map(({ number }) => number)}::integer[], ${gone.map(({ id }) => id)}::uuid[]) as g (number, id)
        where t.org_id = ${orgId} and t.repo_id = ${repoId} and t.number = g.number and t.id = g.id`,
      client,
    );
  }
  if (added.length > 0) {
    await copyRows(
      client,
      "fact_taken_back",
      COLUMNS,
      added.map(({ at, evidence, id, kind, number, sha, title }) => [
        orgId,
        repoId,
        number,
        id,
        at,
        kind,
        sha,
        title,
        new CopyJson(evidence),
      ]),
    );
  }
  return [...new Set([...gone, ...added].map(({ number }) => number))].sort((a, b) => a - b);
}

interface StoredRow {
  revert_key: string;
  target_key: string;
  kind: RevertKind;
  counts: boolean;
  revert_number: number | null;
  revert_sha: string;
  revert_title: string;
  reverted_at: Date;
  target_number: number;
  target_sha: string;
  target_title: string;
  target_merged_at: Date;
  seconds: number | null;
  confidence: string;
  evidence: Evidence[];
  relanded_by_number: number | null;
  relanded_by_sha: string | null;
  relanded_at: Date | null;
  resolver_version: string;
}

function rowOf(row: StoredRow): RollbackRow {
  const { relanded_at: at, relanded_by_number: number, relanded_by_sha: sha } = row;
  // Nobody asks for the title of what landed something again.
  const reland: LandingSummary | null = at === null || sha === null ? null : { number, sha, title: "", landedAt: at };
  return {
    revertKey: row.revert_key,
    targetKey: row.target_key,
    kind: row.kind,
    counts: row.counts,
    revert: { number: row.revert_number, sha: row.revert_sha, title: row.revert_title, landedAt: row.reverted_at },
    target: {
      number: row.target_number,
      sha: row.target_sha,
      title: row.target_title,
      landedAt: row.target_merged_at,
    },
    seconds: row.seconds,
    confidence: row.confidence,
    evidence: row.evidence,
    reland,
    resolverVersion: row.resolver_version,
  };
}

/** What the line and corrections say of some pull requests. */
async function loadOwnRows(
  client: PoolClient,
  { orgId, repoId }: Place,
  numbers: readonly number[],
): Promise<RollbackRow[]> {
  const rows = await query<StoredRow>(
    sql`select revert_key, target_key, kind, counts, revert_number, revert_sha, revert_title, reverted_at, target_number,
        target_sha, target_title, target_merged_at, seconds, confidence, evidence, relanded_by_number, relanded_by_sha,
        relanded_at, resolver_version
      from fact_rollback where org_id = ${orgId} and repo_id = ${repoId} and target_number = any(${[...numbers]}::integer[])
        and kind not in ('deployment', 'told', 'ambiguous')`,
    client,
  );
  return rows.map(rowOf);
}

/**
 * Brings the rollbacks of some pull requests up to date with what deployments and what was told took back: what counts is the
 * first of all. A projection of the whole line comes to the same.
 */
export async function applyTakenBack(
  client: PoolClient,
  place: Place,
  takenBack: readonly TakenBack[],
  numbers: readonly number[],
): Promise<void> {
  if (numbers.length === 0) return;
  const { orgId, repoId } = place;
  const [corrections, summaries, own] = [
    await loadCorrections(client, place),
    await loadLandingSummaries(client, place, [], numbers),
    await loadOwnRows(client, place, numbers),
  ];
  const concerned = new Set(numbers);
  const beside = { corrections, takenBack: byPullRequest(takenBack.filter(({ number }) => concerned.has(number))) };
  const added = takenBackRows(summaries, beside);
  const counted = own.map(({ counts }) => counts);
  const secondsOf = markFirst([...own, ...added], corrections);
  await execute(
    sql`delete from fact_rollback where org_id = ${orgId} and repo_id = ${repoId}
      and target_number = any(${[...numbers]}::integer[]) and kind in ('deployment', 'told', 'ambiguous')`,
    client,
  );
  await writeRollbacks(client, place, added);
  await updateRollbacks(
    client,
    place,
    own.filter(({ counts }, at) => counts !== counted[at]),
  );
  const marked = await markRollbacks(client, place, new Map(numbers.map((one) => [one, secondsOf.get(one) ?? null])));
  await updateDayRollup(client, place, marked);
}
