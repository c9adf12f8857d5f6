import { copyRows } from "@/lib/db/copy-rows";
import type { PoolClient } from "@/lib/db/pool";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { RepositoryRef } from "./projection-context";
import type { RepositoryFact, UnknownBotFact } from "./repository-tally";

export async function writeUnknownBots(client: PoolClient, ref: RepositoryRef, bots: UnknownBotFact[]): Promise<void> {
  if (bots.length === 0) return;
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

/** Replaces the rows of these unknown bots. */
export async function replaceUnknownBots(
  client: PoolClient,
  ref: RepositoryRef,
  bots: UnknownBotFact[],
): Promise<void> {
  if (bots.length === 0) return;
  await execute(
    sql`delete from fact_unknown_bot b
      using unnest(${bots.map(({ identity }) => identity)}::text[], ${bots.map(({ role }) => role)}::text[])
        as c (identity, role)
      where b.org_id = ${ref.orgId} and b.repo_id = ${ref.repoId} and b.identity = c.identity and b.role = c.role`,
    client,
  );
  await writeUnknownBots(client, ref, bots);
}

/** Replaces what Data health says of the repository. */
export async function replaceRepository(client: PoolClient, ref: RepositoryRef, fact: RepositoryFact): Promise<void> {
  await execute(sql`delete from fact_repository where org_id = ${ref.orgId} and repo_id = ${ref.repoId}`, client);
  await writeRepository(client, ref, fact);
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
