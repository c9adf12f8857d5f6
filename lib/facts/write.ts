import {
  AUTHOR_KIND_CODE,
  CATEGORY_CODE,
  CONFIDENCES,
  EXCLUSION_CODE,
  SIZE_BUCKET_CODE,
  sizeBucketOf,
} from "@/lib/core/dimensions";
import { CopyJson, copyRows, toJsonText } from "@/lib/db/copy-rows";
import type { PoolClient } from "@/lib/db/pool";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { PullRequestFact } from "./attribute";
import type { Landing } from "./landings";
import type { RepositoryFact, UnknownBotFact } from "./repository-tally";
import type { ResolvedRollbacks } from "./rollback-rows";

export interface RepositoryRef {
  orgId: number;
  repoId: number;
}

/** Removes a repository's facts; the caller writes the new ones in the same transaction. */
export async function clearFacts(client: PoolClient, { orgId, repoId }: RepositoryRef): Promise<void> {
  for (const statement of [
    sql`delete from fact_pull_request where org_id = ${orgId} and repo_id = ${repoId}`,
    sql`delete from fact_pull_request_detail where org_id = ${orgId} and repo_id = ${repoId}`,
    sql`delete from fact_rollback where org_id = ${orgId} and repo_id = ${repoId}`,
    sql`delete from fact_direct_push where org_id = ${orgId} and repo_id = ${repoId}`,
    sql`delete from fact_unknown_bot where org_id = ${orgId} and repo_id = ${repoId}`,
    sql`delete from fact_repository where org_id = ${orgId} and repo_id = ${repoId}`,
    sql`delete from rollup_repository_day where org_id = ${orgId} and repo_id = ${repoId}`,
  ]) {
    await execute(statement, client);
  }
}

/** Writes the wide rows of one stretch of the line. */
export async function writeDetails(client: PoolClient, ref: RepositoryRef, facts: PullRequestFact[]): Promise<void> {
  await copyRows(
    client,
    "fact_pull_request_detail",
    [
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
    ],
    facts.map(({ landing, merged, ...fact }) => [
      ref.orgId,
      ref.repoId,
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
      new CopyJson(fact.authorship.agents),
      new CopyJson({
        confidence: fact.authorship.confidence,
        evidence: fact.authorship.evidence,
        suggestions: fact.authorship.suggestions,
        ruleVersion: fact.authorship.ruleVersion,
      }),
      new CopyJson(fact.category),
      new CopyJson(fact.team),
      fact.exclusionEvidence === null ? null : new CopyJson(fact.exclusionEvidence),
    ]),
  );
}

export async function writeDirectPushes(client: PoolClient, ref: RepositoryRef, landings: Landing[]): Promise<void> {
  await copyRows(
    client,
    "fact_direct_push",
    ["org_id", "repo_id", "sha", "pushed_at", "title"],
    landings.map(({ change }) => [
      ref.orgId,
      ref.repoId,
      change.landedShas[0] ?? "",
      new Date(change.landedAt),
      change.title,
    ]),
  );
}

/** Writes the narrow rows, which every query reads; what reverts say of them is added by `markRollbacks`. */
export async function writePullRequests(
  client: PoolClient,
  ref: RepositoryRef,
  facts: PullRequestFact[],
  teamIds: ReadonlyMap<string, number>,
): Promise<void> {
  await copyRows(
    client,
    "fact_pull_request",
    [
      "org_id",
      "repo_id",
      "number",
      "merged_at",
      "team_id",
      "agent_mask",
      "effective_lines",
      "agent_lines",
      "prod_lines",
      "author_kind",
      "category",
      "size_bucket",
      "exclusion",
      "confidence",
    ],
    facts.map((fact) => [
      ref.orgId,
      ref.repoId,
      fact.merged.number,
      new Date(fact.landing.change.landedAt),
      fact.team.team === null ? null : (teamIds.get(fact.team.team) ?? null),
      fact.agentMask,
      fact.effectiveLines,
      fact.agentLines,
      fact.prodLines,
      AUTHOR_KIND_CODE[fact.authorship.kind],
      CATEGORY_CODE[fact.category.category],
      SIZE_BUCKET_CODE[sizeBucketOf(fact.effectiveLines)],
      EXCLUSION_CODE[fact.exclusion],
      CONFIDENCES.indexOf(fact.authorship.confidence),
    ]),
  );
}

/** Adds to the pull requests when they were rolled back, and takes those that are reverts out of the population. */
export async function markRollbacks(
  client: PoolClient,
  { orgId, repoId }: RepositoryRef,
  { secondsOf, revertReason }: ResolvedRollbacks,
): Promise<void> {
  await execute(
    sql`update fact_pull_request f set rollback_seconds = r.seconds
      from unnest(${[...secondsOf.keys()]}::integer[], ${[...secondsOf.values()]}::bigint[]) as r (number, seconds)
      where f.org_id = ${orgId} and f.repo_id = ${repoId} and f.number = r.number`,
    client,
  );
  const reverts = [...revertReason.keys()];
  const reasons = [...revertReason.values()].map((reason) => toJsonText(reason));
  await execute(
    sql`update fact_pull_request set exclusion = ${EXCLUSION_CODE.revert}
      where org_id = ${orgId} and repo_id = ${repoId} and number = any(${reverts}::integer[])
        and exclusion = ${EXCLUSION_CODE.none}`,
    client,
  );
  await execute(
    sql`update fact_pull_request_detail d set exclusion = r.reason::jsonb
      from unnest(${reverts}::integer[], ${reasons}::text[]) as r (number, reason)
      where d.org_id = ${orgId} and d.repo_id = ${repoId} and d.number = r.number and d.exclusion is null`,
    client,
  );
}

export async function writeRollbacks(
  client: PoolClient,
  ref: RepositoryRef,
  { rows }: ResolvedRollbacks,
): Promise<void> {
  await copyRows(
    client,
    "fact_rollback",
    [
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
    ],
    rows.map((row) => [
      ref.orgId,
      ref.repoId,
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
      new CopyJson(row.evidence),
      row.reland?.number ?? null,
      row.reland?.sha ?? null,
      row.reland?.landedAt ?? null,
      row.resolverVersion,
    ]),
  );
}

export async function writeUnknownBots(client: PoolClient, ref: RepositoryRef, bots: UnknownBotFact[]): Promise<void> {
  await copyRows(
    client,
    "fact_unknown_bot",
    ["org_id", "repo_id", "identity", "role", "name", "pull_requests", "first_seen", "last_seen", "example_number"],
    bots.map((bot) => [
      ref.orgId,
      ref.repoId,
      bot.identity,
      bot.role,
      bot.name,
      bot.pullRequests,
      new Date(bot.firstSeen),
      new Date(bot.lastSeen),
      bot.exampleNumber,
    ]),
  );
}

export async function writeRepository(client: PoolClient, ref: RepositoryRef, fact: RepositoryFact): Promise<void> {
  await copyRows(
    client,
    "fact_repository",
    [
      "org_id",
      "repo_id",
      "branch",
      "head_sha",
      "complete_from",
      "complete_to",
      "history",
      "line_counts",
      "pull_request_refs",
      "landed",
      "merged",
      "squash",
      "merge_commit",
      "rebase",
      "direct",
      "strong",
      "weak",
      "unmarked",
      "unknown_lines",
      "unresolved",
      "future_dated",
      "missing_commits",
      "rule_version",
    ],
    [
      [
        ref.orgId,
        ref.repoId,
        fact.branch,
        fact.headSha,
        fact.completeFrom,
        fact.completeTo,
        fact.history,
        fact.lineCounts,
        fact.pullRequestRefs,
        fact.landed,
        fact.merged,
        fact.squash,
        fact.merge,
        fact.rebase,
        fact.direct,
        fact.strong,
        fact.weak,
        fact.unmarked,
        fact.unknownLines,
        fact.unresolved,
        fact.futureDated,
        fact.missingCommits,
        fact.ruleVersion,
      ],
    ],
  );
}

/** Adds up the days of a repository in its organisation's calendar; only additive parts, so any sum of days is exact. */
export async function writeDayRollup(client: PoolClient, { orgId, repoId }: RepositoryRef): Promise<void> {
  await execute(
    sql`insert into rollup_repository_day
        (org_id, repo_id, day, author_kind, merged, eligible, rolled_back, effective_lines)
      select f.org_id, f.repo_id, (f.merged_at at time zone o.time_zone)::date, f.author_kind,
        count(*), count(*) filter (where f.exclusion = ${EXCLUSION_CODE.none}),
        count(f.rollback_seconds) filter (where f.exclusion = ${EXCLUSION_CODE.none}),
        coalesce(sum(f.effective_lines) filter (where f.exclusion = ${EXCLUSION_CODE.none}), 0)
      from fact_pull_request f join organization o on o.id = f.org_id
      where f.org_id = ${orgId} and f.repo_id = ${repoId}
      group by 1, 2, 3, 4`,
    client,
  );
}
