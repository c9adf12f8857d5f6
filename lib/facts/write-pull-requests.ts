import {
  AUTHOR_KIND_CODE,
  CATEGORY_CODE,
  CONFIDENCES,
  EXCLUSION_CODE,
  SIZE_BUCKET_CODE,
  sizeBucketOf,
} from "@/lib/core/dimensions";
import { CopyJson, type CopyValue, copyRows } from "@/lib/db/copy-rows";
import type { PoolClient } from "@/lib/db/pool";
import type { PullRequestFact } from "./attribute";
import { type DigestedRow, digestedRow } from "./digested-row";
import type { RepositoryRef } from "./projection-context";

const DETAIL_COLUMNS = [
  "org_id",
  "repo_id",
  "number",
  "merged_at",
  "title",
  "url",
  "author_name",
  "head_ref",
  "merge_sha",
  "merge_kind",
  "additions",
  "deletions",
  "changed_files",
  "lines_reason",
  "agents",
  "authorship",
  "category",
  "team",
  "exclusion",
  "digest",
] as const;

/** A wide row, ready to be written or compared with one that is there. */
export function detailRow({ landing, merged, authorship, ...fact }: PullRequestFact): DigestedRow {
  return digestedRow([
    merged.number,
    new Date(landing.change.landedAt),
    merged.title,
    merged.url,
    fact.authorName,
    merged.headRef,
    merged.mergeSha,
    merged.mergeKind,
    landing.additions,
    landing.deletions,
    landing.change.files?.length ?? null,
    fact.linesReason,
    new CopyJson(authorship.agents),
    new CopyJson({
      confidence: authorship.confidence,
      evidence: authorship.evidence,
      suggestions: authorship.suggestions,
      ruleVersion: authorship.ruleVersion,
    }),
    new CopyJson(fact.category),
    new CopyJson(fact.team),
    fact.exclusionEvidence === null ? null : new CopyJson(fact.exclusionEvidence),
  ]);
}

/** Writes wide rows that are not there yet. */
export async function writeDetails(
  client: PoolClient,
  { orgId, repoId }: RepositoryRef,
  rows: DigestedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  // Made one by one as they are sent: what lives for a moment only costs the collector nothing.
  function* sent(): Generator<CopyValue[]> {
    for (const { values, digest } of rows) yield [orgId, repoId, ...values, digest];
  }
  await copyRows(client, "fact_pull_request_detail", DETAIL_COLUMNS, sent());
}

/** A narrow row, which every query reads, before its merge day is known to be rolled back. */
export interface PullRequestRow {
  number: number;
  mergedAt: number;
  /** Slug. */
  team: string | null;
  agentMask: bigint;
  effectiveLines: number | null;
  agentLines: number | null;
  prodLines: number | null;
  authorKind: number;
  category: number;
  sizeBucket: number;
  exclusion: number;
  confidence: number;
  person: number | null;
}

/** What stays of a pull request's verdicts in its narrow row. */
export function pullRequestRow(fact: PullRequestFact): PullRequestRow {
  return {
    number: fact.merged.number,
    mergedAt: fact.landing.change.landedAt,
    team: fact.team.team,
    agentMask: fact.agentMask,
    effectiveLines: fact.effectiveLines,
    agentLines: fact.agentLines,
    prodLines: fact.prodLines,
    authorKind: AUTHOR_KIND_CODE[fact.authorship.kind],
    category: CATEGORY_CODE[fact.category.category],
    sizeBucket: SIZE_BUCKET_CODE[sizeBucketOf(fact.effectiveLines)],
    exclusion: EXCLUSION_CODE[fact.exclusion],
    confidence: CONFIDENCES.indexOf(fact.authorship.confidence),
    person: fact.person,
  };
}

/**
 * Writes narrow rows.
 * @param secondsOf seconds from merge to the first full revert, by number, as far as known
 */
export async function writePullRequests(
  client: PoolClient,
  ref: RepositoryRef,
  rows: PullRequestRow[],
  { teamIds, secondsOf }: { teamIds: ReadonlyMap<string, number>; secondsOf: ReadonlyMap<number, number> },
): Promise<void> {
  if (rows.length === 0) return;
  await copyRows(
    client,
    "fact_pull_request",
    [
      "org_id",
      "repo_id",
      "number",
      "merged_at",
      "team_id",
      "rollback_seconds",
      "agent_mask",
      "effective_lines",
      "agent_lines",
      "prod_lines",
      "author_kind",
      "category",
      "size_bucket",
      "exclusion",
      "confidence",
      "person_id",
    ],
    rows.map((row) => [
      ref.orgId,
      ref.repoId,
      row.number,
      new Date(row.mergedAt),
      row.team === null ? null : (teamIds.get(row.team) ?? null),
      secondsOf.get(row.number) ?? null,
      row.agentMask,
      row.effectiveLines,
      row.agentLines,
      row.prodLines,
      row.authorKind,
      row.category,
      row.sizeBucket,
      row.exclusion,
      row.confidence,
      row.person,
    ]),
  );
}
