import { type CopyValue, copyRows } from "@/lib/db/copy-rows";
import type { PoolClient } from "@/lib/db/pool";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { RepositoryRef } from "./projection-context";
import { replaceRows } from "./replace-rows";
import type { RepositoryFact, UnknownBotFact } from "./repository-tally";

const BOT_COLUMNS = ["identity", "role", "name", "pull_requests", "first_seen", "last_seen", "example_number"] as const;

const botValues = (bot: UnknownBotFact): CopyValue[] => [
  bot.identity,
  bot.role,
  bot.name,
  bot.pullRequests,
  new Date(bot.firstSeen),
  new Date(bot.lastSeen),
  bot.exampleNumber,
];

/** Makes these all the unknown bots of a repository. */
export async function replaceUnknownBots(
  client: PoolClient,
  ref: RepositoryRef,
  bots: UnknownBotFact[],
): Promise<void> {
  await replaceRows(client, ref, { table: "fact_unknown_bot", columns: BOT_COLUMNS, rows: bots.map(botValues) });
}

/** Replaces the rows of these unknown bots and leaves the others. */
export async function updateUnknownBots(
  client: PoolClient,
  { orgId, repoId }: RepositoryRef,
  bots: UnknownBotFact[],
): Promise<void> {
  if (bots.length === 0) return;
  await execute(
    sql`delete from fact_unknown_bot b
      using unnest(${bots.map(({ identity }) => identity)}::text[], ${bots.map(({ role }) => role)}::text[])
        as c (identity, role)
      where b.org_id = ${orgId} and b.repo_id = ${repoId} and b.identity = c.identity and b.role = c.role`,
    client,
  );
  await copyRows(
    client,
    "fact_unknown_bot",
    ["org_id", "repo_id", ...BOT_COLUMNS],
    bots.map((bot) => [orgId, repoId, ...botValues(bot)]),
  );
}

const REPOSITORY_COLUMNS = [
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
] as const;

/** Replaces what Data health says of the repository. */
export async function replaceRepository(client: PoolClient, ref: RepositoryRef, fact: RepositoryFact): Promise<void> {
  const row: CopyValue[] = [
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
  ];
  await replaceRows(client, ref, { table: "fact_repository", columns: REPOSITORY_COLUMNS, rows: [row] });
}

/** Brings the row of a repository that has one up to date. */
export async function updateRepository(
  client: PoolClient,
  { orgId, repoId }: RepositoryRef,
  fact: RepositoryFact,
): Promise<void> {
  await execute(
    sql`update fact_repository set branch = ${fact.branch}, head_sha = ${fact.headSha},
        complete_from = ${fact.completeFrom}, complete_to = ${fact.completeTo}, history = ${fact.history},
        line_counts = ${fact.lineCounts}, pull_request_refs = ${fact.pullRequestRefs}, landed = ${fact.landed},
        merged = ${fact.merged}, squash = ${fact.squash}, merge_commit = ${fact.merge}, rebase = ${fact.rebase},
        direct = ${fact.direct}, strong = ${fact.strong}, weak = ${fact.weak}, unmarked = ${fact.unmarked},
        unknown_lines = ${fact.unknownLines}, unresolved = ${fact.unresolved}, future_dated = ${fact.futureDated},
        missing_commits = ${fact.missingCommits}, rule_version = ${fact.ruleVersion}
      where org_id = ${orgId} and repo_id = ${repoId}`,
    client,
  );
}
